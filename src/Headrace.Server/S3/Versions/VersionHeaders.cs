using Headrace.Buckets.Objects;
using Headrace.Buckets.Versions;

namespace Headrace.Server.S3.Versions;

/// <summary>Says which version an answer is about, where the bucket keeps versions.</summary>
internal static class VersionHeaders
{
    public const string VersionId = "x-amz-version-id";
    public const string DeleteMarker = "x-amz-delete-marker";

    /// <summary>Of an object that was read or changed.</summary>
    public static void Write(S3Request request, StoredObject found)
    {
        if (request.Target.Versioning != VersioningState.Unversioned)
            request.ResponseHeaders[VersionId] = found.VersionId;
    }

    /// <summary>Of an object that was written: S3 names no version while versions are suspended.</summary>
    public static void WriteNew(S3Request request, StoredObject stored)
    {
        if (stored.VersionId != Headrace.Buckets.Versions.VersionId.Null)
            request.ResponseHeaders[VersionId] = stored.VersionId;
    }

    public static void Write(S3Request request, Deletion deletion)
    {
        if (request.Target.Versioning == VersioningState.Unversioned)
            return;
        if (deletion.VersionId is { } id)
            request.ResponseHeaders[VersionId] = id;
        if (deletion.IsDeleteMarker)
            request.ResponseHeaders[DeleteMarker] = "true";
    }
}
