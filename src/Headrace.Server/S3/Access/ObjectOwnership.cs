using System.Xml.Linq;
using Headrace.Buckets;
using Headrace.Buckets.Access;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Settings;
using Headrace.Server.S3.Xml;

namespace Headrace.Server.S3.Access;

/// <summary>Whose an object is: its writer's, unless the bucket's owner owns all that is in it, or was given the object.</summary>
internal static class ObjectOwnership
{
    private const string Enforced = "BucketOwnerEnforced";
    private const string Preferred = "BucketOwnerPreferred";

    /// <summary>The rules that a bucket may have.</summary>
    public static readonly string[] Rules = [Enforced, Preferred, "ObjectWriter"];

    /// <summary>True for the rule that turns ACLs off.</summary>
    public static bool TurnsAclsOff(string? rule) => rule == Enforced;

    public static bool TurnsAclsOff(BucketStore store, string bucket) => TurnsAclsOff(RuleOf(store, bucket));

    /// <summary>The account that what the request writes will belong to; null for the bucket's owner.</summary>
    /// <param name="request">The put, copy, form or upload.</param>
    /// <param name="store">Knows the bucket's rule.</param>
    /// <param name="canned">The canned ACL that it asks for, if any.</param>
    public static string? OfNew(S3Request request, BucketStore store, string? canned)
    {
        var account = request.Caller.Scope.AccountId;
        // Nobody known can't own anything.
        if (account.Length == 0 || account == request.Target.Owner.AccountId)
            return null;
        return RuleOf(store, request.Bucket) switch
        {
            Enforced => null,
            Preferred when canned == CannedAcl.BucketOwnerFullControl => null,
            _ => account,
        };
    }

    /// <summary>The account that an object belongs to.</summary>
    public static string AccountOf(Bucket bucket, BucketStore store, StoredObject found) =>
        found.Owner is { } owner && !TurnsAclsOff(store, bucket.Name) ? owner : bucket.Owner.AccountId;

    /// <summary>Even the bucket's owner may do with another's object only what its owner grants.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public static void Check(S3Request request, Bucket bucket, BucketStore store, StoredObject found, AccessPermission wanted)
    {
        var caller = request.Caller.Scope.AccountId;
        if (found.Owner is null || caller != bucket.Owner.AccountId || AccountOf(bucket, store, found) == caller)
            return;
        if (!AclRules.Effective(store, bucket.Name, found.Controls.Grants).Any(grant => grant.Allows(CanonicalId.Of(caller), wanted)))
            throw S3Exception.AccessDenied();
    }

    private static string? RuleOf(BucketStore store, string bucket) =>
        store.GetSetting(bucket, BucketSetting.OwnershipControls) is { } text
            ? XElement.Parse(text).Children("Rule").FirstOrDefault()?.TextOf("ObjectOwnership")
            : null;
}
