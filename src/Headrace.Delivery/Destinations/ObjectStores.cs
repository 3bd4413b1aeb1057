namespace Headrace.Delivery.Destinations;

/// <summary>
/// Finds the store that a bucket is in by the partition of its ARN: <c>arn:NAME:s3:::BUCKET</c> is in the store of that name, and where none is
/// called like AWS's partitions, those buckets are this server's own. Thread-safe.
/// </summary>
/// <param name="own">This server's own buckets.</param>
/// <param name="others">Others, by their names.</param>
internal sealed class ObjectStores(IObjectStore own, IReadOnlyDictionary<string, IObjectStore> others)
{
    private const string AwsPartition = "aws";

    // No bucket has one in its name.
    private const char Separator = ':';

    /// <exception cref="DeliveryException">InvalidArgument: there is no such store.</exception>
    public void Check(S3Destination destination)
    {
        if (!others.ContainsKey(destination.Partition) && !IsOwn(destination))
            throw DeliveryException.InvalidArgument($"BucketARN {destination.BucketArn}: the server knows no store {destination.Partition}.");
        if (destination.Backup is { } backup)
            Check(backup);
    }

    /// <summary>A destination's bucket as text that is kept until its object is put: its name, after that of its store.</summary>
    public string AddressOf(S3Destination destination) => IsOwn(destination) ? destination.Bucket : $"{destination.Partition}{Separator}{destination.Bucket}";

    /// <summary>True where a destination's bucket is one of this server's own.</summary>
    public bool IsOwn(S3Destination destination) => !others.ContainsKey(destination.Partition) && destination.Partition.StartsWith(AwsPartition, StringComparison.Ordinal);

    /// <summary>True where that is the bucket of an address.</summary>
    public static bool IsOwn(string address) => !address.Contains(Separator);

    /// <inheritdoc cref="IObjectStore.PutAsync"/>
    /// <remarks>The object's bucket is an address.</remarks>
    public Task PutAsync(OutgoingObject outgoing, CancellationToken cancellation)
    {
        var (store, bucket) = Find(outgoing.Bucket);
        return store.PutAsync(outgoing with { Bucket = bucket }, cancellation);
    }

    /// <inheritdoc cref="IObjectStore.ExistsAsync"/>
    public Task<bool> ExistsAsync(string address, string key, CancellationToken cancellation)
    {
        var (store, bucket) = Find(address);
        return store.ExistsAsync(bucket, key, cancellation);
    }

    private (IObjectStore Store, string Bucket) Find(string address)
    {
        var at = address.IndexOf(Separator);
        if (at < 0)
            return (own, address);
        return others.TryGetValue(address[..at], out var store)
            ? (store, address[(at + 1)..])
            : throw new DeliveryStandstillException("S3.NoSuchBucket", $"The server knows no store {address[..at]}; start it with --store {address[..at]}=URL.");
    }
}
