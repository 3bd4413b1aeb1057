using Headrace.Buckets.Access;

namespace Headrace.Server.S3.Access;

/// <summary>What an operation needs.</summary>
/// <param name="Action">As policies name it.</param>
/// <param name="BucketGrant">The grant on the bucket that is enough; null for none.</param>
/// <param name="ObjectGrant">The grant on the object that is enough; null for none.</param>
internal sealed record Permit(string Action, AccessPermission? BucketGrant = null, AccessPermission? ObjectGrant = null)
{
    /// <summary>Actions that have another name where they are for one version.</summary>
    private static readonly string[] OfVersions =
    [
        "s3:GetObject", "s3:DeleteObject", "s3:GetObjectAcl", "s3:PutObjectAcl", "s3:GetObjectTagging", "s3:PutObjectTagging", "s3:DeleteObjectTagging",
        "s3:GetObjectAttributes",
    ];

    /// <summary>The action on a key, or on one version of it.</summary>
    public string ActionOn(string? versionId) =>
        versionId is not null && OfVersions.Contains(Action) ? Action.Replace("Object", "ObjectVersion", StringComparison.Ordinal) : Action;
}
