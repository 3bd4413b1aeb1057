namespace Headrace.Buckets;

/// <summary>The <see cref="BucketStore"/> refused a request; nothing has changed.</summary>
public sealed class BucketsException(BucketsFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    public BucketsFault Fault { get; } = fault;

    /// <summary>The bucket, key or upload that the fault is about.</summary>
    public string? Resource { get; init; }

    internal static BucketsException NoSuchBucket(string bucket) =>
        new(BucketsFault.NoSuchBucket, "The specified bucket does not exist") { Resource = bucket };

    internal static BucketsException NoSuchKey(string key) =>
        new(BucketsFault.NoSuchKey, "The specified key does not exist.") { Resource = key };

    internal static BucketsException NoSuchUpload(string uploadId) => new(
        BucketsFault.NoSuchUpload,
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.")
    {
        Resource = uploadId,
    };
}
