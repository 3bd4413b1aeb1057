namespace Headrace.Buckets;

/// <summary>The <see cref="BucketStore"/> refused a request; nothing has changed.</summary>
public sealed class BucketsException(BucketsFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    public BucketsFault Fault { get; } = fault;

    /// <summary>The bucket, key or upload that the fault is about.</summary>
    public string? Resource { get; init; }

    /// <summary>The version that the fault is about.</summary>
    public string? VersionId { get; init; }

    /// <summary>True when a delete marker is why nothing was found.</summary>
    public bool IsDeleteMarker { get; init; }

    internal static BucketsException NoSuchBucket(string bucket) =>
        new(BucketsFault.NoSuchBucket, "The specified bucket does not exist") { Resource = bucket };

    internal static BucketsException NoSuchKey(string key, string? markerId = null) =>
        new(BucketsFault.NoSuchKey, "The specified key does not exist.") { Resource = key, VersionId = markerId, IsDeleteMarker = markerId is not null };

    internal static BucketsException NoSuchVersion(string key, string versionId) =>
        new(BucketsFault.NoSuchVersion, "The specified version does not exist.") { Resource = key, VersionId = versionId };

    /// <summary>An object was asked for, and the version is a delete marker.</summary>
    internal static BucketsException MarkerGiven(string key, string versionId) =>
        new(BucketsFault.IsDeleteMarker, "The specified method is not allowed against this resource.") { Resource = key, VersionId = versionId, IsDeleteMarker = true };

    internal static BucketsException NoSuchUpload(string uploadId) => new(
        BucketsFault.NoSuchUpload,
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.")
    {
        Resource = uploadId,
    };
}
