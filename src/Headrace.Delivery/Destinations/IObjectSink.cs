namespace Headrace.Delivery.Destinations;

/// <summary>Where objects are delivered to. Thread-safe.</summary>
internal interface IObjectSink
{
    /// <summary>Stores an object whole and durably, replacing one of the same key.</summary>
    /// <exception cref="IOException">It was not stored, for instance because the bucket is missing.</exception>
    Task PutAsync(string bucket, string key, ReadOnlyMemory<byte> body, string? contentEncoding, CancellationToken cancellation);

    /// <summary>True when an object of that key is there, whole.</summary>
    Task<bool> ExistsAsync(string bucket, string key, CancellationToken cancellation);
}
