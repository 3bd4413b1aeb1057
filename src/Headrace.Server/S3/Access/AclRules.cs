using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Buckets.Access;
using Headrace.Buckets.Settings;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Access;

/// <summary>Whether a bucket's settings let grants be given, and let them count.</summary>
internal static class AclRules
{
    /// <exception cref="S3Exception">AccessControlListNotSupported, or AccessDenied: the bucket blocks grants to the public.</exception>
    public static void Check(S3Request request, BucketStore store, IReadOnlyList<AccessGrant> grants)
    {
        var isOwners = grants is [{ IsGroup: false, Permission: AccessPermission.FullControl }] && grants[0].Grantee == CanonicalId.Of(request.Target.Owner.AccountId);
        if (!isOwners && OwnsAll(store, request.Bucket))
            throw new S3Exception(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
        if (grants.Any(IsPublic) && Blocks(store, request.Bucket, "BlockPublicAcls"))
            throw new S3Exception(403, "AccessDenied", "Access Denied");
    }

    /// <summary>Grants as they count: none where the bucket's owner owns all, none to the public where that is ignored.</summary>
    public static IEnumerable<AccessGrant> Effective(BucketStore store, string bucket, IReadOnlyList<AccessGrant>? grants)
    {
        if (grants is null || OwnsAll(store, bucket))
            return [];
        return grants.Any(IsPublic) && Blocks(store, bucket, "IgnorePublicAcls") ? grants.Where(grant => !IsPublic(grant)) : grants;
    }

    public static bool IsPublic(AccessGrant grant) => grant.Grantee is AccessGrant.AllUsers or AccessGrant.AuthenticatedUsers;

    public static bool Blocks(BucketStore store, string bucket, string flag) =>
        store.GetSetting(bucket, BucketSetting.PublicAccessBlock) is { } text
        && string.Equals(XElement.Parse(text).TextOf(flag), "true", StringComparison.OrdinalIgnoreCase);

    private static bool OwnsAll(BucketStore store, string bucket) =>
        store.GetSetting(bucket, BucketSetting.OwnershipControls) is { } text
        && XElement.Parse(text).Children("Rule").Any(rule => rule.TextOf("ObjectOwnership") == "BucketOwnerEnforced");
}
