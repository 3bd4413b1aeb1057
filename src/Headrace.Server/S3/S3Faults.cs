using Headrace.Buckets;
using Headrace.Server.S3.Versions;
using Headrace.Server.Signing;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.S3;

/// <summary>Says in S3's words what the bucket store refused.</summary>
internal static class S3Faults
{
    /// <summary>Null for a failure that is nobody's but the server's.</summary>
    public static S3Exception? Translate(Exception failure) => failure switch
    {
        S3Exception known => known,
        BucketsException refused => Translate(refused),
        SignatureException refused => S3SignatureErrors.Of(refused),
        BadHttpRequestException bad => new S3Exception(bad.StatusCode, "InvalidRequest", bad.Message, bad),
        _ => null,
    };

    private static S3Exception? Translate(BucketsException refused)
    {
        var (status, code, detail) = refused.Fault switch
        {
            BucketsFault.NoSuchBucket => (404, "NoSuchBucket", "BucketName"),
            BucketsFault.InvalidBucketName => (400, "InvalidBucketName", "BucketName"),
            BucketsFault.BucketAlreadyExists => (409, "BucketAlreadyExists", "BucketName"),
            BucketsFault.BucketAlreadyOwnedByYou => (409, "BucketAlreadyOwnedByYou", "BucketName"),
            BucketsFault.BucketNotEmpty => (409, "BucketNotEmpty", "BucketName"),
            BucketsFault.NoSuchKey => (404, "NoSuchKey", "Key"),
            BucketsFault.NoSuchVersion => (404, "NoSuchVersion", "Key"),
            BucketsFault.IsDeleteMarker => (405, "MethodNotAllowed", "Key"),
            BucketsFault.AccessDenied => (403, "AccessDenied", "Key"),
            BucketsFault.InvalidBucketState => (409, "InvalidBucketState", "BucketName"),
            BucketsFault.KeyTooLong => (400, "KeyTooLongError", "Key"),
            BucketsFault.PreconditionFailed => (412, "PreconditionFailed", "Condition"),
            BucketsFault.CustomerKeyMissing or BucketsFault.CustomerKeyUnexpected or BucketsFault.CustomerKeyWrong => (400, "InvalidRequest", "Key"),
            BucketsFault.NoSuchUpload => (404, "NoSuchUpload", "UploadId"),
            BucketsFault.InvalidPart => (400, "InvalidPart", "UploadId"),
            BucketsFault.MissingPartChecksum => (400, "InvalidRequest", "UploadId"),
            BucketsFault.InvalidPartOrder => (400, "InvalidPartOrder", "UploadId"),
            BucketsFault.EntityTooSmall => (400, "EntityTooSmall", "UploadId"),
            BucketsFault.StorageFull => (507, "InsufficientStorage", "Resource"),
            _ => (0, "", ""),
        };
        if (status == 0)
            return null;
        return new S3Exception(status, code, refused.Message, refused) { Details = DetailsOf(refused, detail), Headers = HeadersOf(refused) };
    }

    private static List<(string Name, string Value)> DetailsOf(BucketsException refused, string name)
    {
        var details = new List<(string, string)>();
        if (refused.Fault == BucketsFault.IsDeleteMarker)
            details.AddRange([("Method", "GET"), ("ResourceType", "DeleteMarker")]);
        else if (refused.Resource is { } resource)
            details.Add((name, resource));
        if (refused is { Fault: BucketsFault.NoSuchVersion, VersionId: { } version })
            details.Add(("VersionId", version));
        return details;
    }

    private static List<(string Name, string Value)> HeadersOf(BucketsException refused)
    {
        if (!refused.IsDeleteMarker)
            return refused.Fault == BucketsFault.NoSuchKey ? [(VersionHeaders.DeleteMarker, "false")] : [];
        var headers = new List<(string, string)> { (VersionHeaders.DeleteMarker, "true"), (VersionHeaders.VersionId, refused.VersionId!) };
        if (refused.Fault == BucketsFault.IsDeleteMarker)
            headers.Add(("Allow", "DELETE"));
        return headers;
    }
}
