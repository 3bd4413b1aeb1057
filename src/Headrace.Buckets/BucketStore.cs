using Headrace.ControlPlane;

namespace Headrace.Buckets;

/// <summary>Buckets and their objects on local disk.</summary>
public sealed class BucketStore
{
    public static BucketStore Open(string directory, ControlDatabase database) { _ = directory; _ = database; return new BucketStore(); }

    public bool BucketExists(string bucket) => throw new NotSupportedException(bucket);

    /// <summary>True when an object of that key is there, whole; false too when the bucket is missing.</summary>
    public bool ObjectExists(string bucket, string key) => throw new NotSupportedException($"{bucket}{key}");

    /// <summary>Stores an object whole, durably; replaces one of the same key.</summary>
    public Task PutObjectAsync(string bucket, string key, ReadOnlyMemory<byte> body, string contentType, string? contentEncoding, CancellationToken cancellation = default) =>
        throw new NotSupportedException($"{bucket}{key}{body}{contentType}{contentEncoding}{cancellation}");
}
