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
    /// <param name="request">What asks for the grants.</param>
    /// <param name="store">Knows the bucket's settings.</param>
    /// <param name="grants">What it asks for.</param>
    /// <param name="canned">The word that it asks with; null where it lists the grants.</param>
    public static void Check(S3Request request, BucketStore store, IReadOnlyList<AccessGrant> grants, string? canned)
    {
        var isOwners = canned is null or CannedAcl.BucketOwnerFullControl && grants is [{ IsGroup: false, Permission: AccessPermission.FullControl }] && grants[0].Grantee == CanonicalId.Of(request.Target.Owner.AccountId);
        if (!isOwners && ObjectOwnership.TurnsAclsOff(store, request.Bucket))
            throw new S3Exception(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
        if (grants.Any(IsPublic) && Blocks(store, request.Bucket, "BlockPublicAcls"))
            throw S3Exception.AccessDenied();
    }

    /// <summary>ACLs can't be turned off while the bucket's grants anything to others.</summary>
    /// <exception cref="S3Exception">InvalidBucketAclWithObjectOwnership.</exception>
    public static void CheckOwnership(S3Request request, BucketStore store, string? rule)
    {
        if (ObjectOwnership.TurnsAclsOff(rule))
            CheckOwners(store.GetBucketGrants(request.Bucket), CanonicalId.Of(request.Target.Owner.AccountId));
    }

    /// <exception cref="S3Exception">InvalidBucketAclWithObjectOwnership: the grants are not the owner's alone.</exception>
    public static void CheckOwners(IReadOnlyList<AccessGrant>? grants, string owner)
    {
        if (grants?.Any(grant => grant.Grantee != owner) == true)
            throw new S3Exception(400, "InvalidBucketAclWithObjectOwnership", "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
    }

    /// <summary>Grants as they count: none where the bucket's owner owns all, none to the public where that is ignored.</summary>
    public static IEnumerable<AccessGrant> Effective(BucketStore store, string bucket, IReadOnlyList<AccessGrant>? grants)
    {
        if (grants is null || ObjectOwnership.TurnsAclsOff(store, bucket))
            return [];
        return grants.Any(IsPublic) && Blocks(store, bucket, "IgnorePublicAcls") ? grants.Where(grant => !IsPublic(grant)) : grants;
    }

    public static bool IsPublic(AccessGrant grant) => grant.Grantee is AccessGrant.AllUsers or AccessGrant.AuthenticatedUsers;

    public static bool Blocks(BucketStore store, string bucket, string flag) =>
        store.GetSetting(bucket, BucketSetting.PublicAccessBlock) is { } text
        && string.Equals(XElement.Parse(text).TextOf(flag), "true", StringComparison.OrdinalIgnoreCase);
}
