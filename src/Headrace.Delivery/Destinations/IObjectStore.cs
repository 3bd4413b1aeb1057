namespace Headrace.Delivery.Destinations;

/// <summary>Buckets that objects are delivered to: this server's own, or another service's. Thread-safe.</summary>
public interface IObjectStore
{
    /// <summary>Stores an object whole and durably, replacing one of the same key.</summary>
    /// <exception cref="IOException">It was not stored, for instance because the bucket is missing.</exception>
    Task PutAsync(OutgoingObject outgoing, CancellationToken cancellation);

    /// <summary>True when an object of that key is there, whole; false too where that can't be found out, as it may be put again.</summary>
    /// <exception cref="IOException">The store can't be asked now.</exception>
    Task<bool> ExistsAsync(string bucket, string key, CancellationToken cancellation);
}
