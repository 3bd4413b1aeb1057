using Headrace.Buckets;
using Headrace.Server.AwsJson;

namespace Headrace.Server.S3;

/// <summary>Who may use a bucket: its owner's account. Policies that would open it to others are not implemented.</summary>
internal static class BucketAccess
{
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public static void Check(Bucket bucket, Caller caller)
    {
        if (bucket.Owner.AccountId != caller.Scope.AccountId)
            throw new S3Exception(403, "AccessDenied", "Access Denied");
    }
}
