using System.Globalization;
using Headrace.Buckets;
using Headrace.Buckets.Access;
using Headrace.Buckets.Settings;
using Headrace.Server.S3.Objects;

namespace Headrace.Server.S3.Access;

/// <summary>
/// Who may do what with a bucket: its owner's account everything that its policy does not deny, others what its policy or its
/// grants allow.
/// </summary>
internal sealed class BucketAccess(BucketStore store)
{
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public void Check(S3Request request, Permit permit) => Check(request, permit, request.Query("versionId"));

    /// <exception cref="S3Exception">AccessDenied.</exception>
    public void Check(S3Request request, Permit permit, string? versionId)
    {
        var account = request.Caller.Scope.AccountId is { Length: > 0 } known ? known : null;
        var policy = store.GetSetting(request.Bucket, BucketSetting.Policy) is { } text ? BucketPolicy.Parse(text, request.Bucket) : null;
        var action = permit.ActionOn(versionId);
        var question = new PolicyQuestion(account, action, ArnOf(request), key => ValueOf(request, key));
        var isOwner = request.Target.Owner.AccountId == account;
        // Whoever locked themselves out can still take the policy away.
        var denied = policy?.Denies(question) == true && !(isOwner && action.EndsWith("BucketPolicy", StringComparison.Ordinal));
        if (denied || !(isOwner || Allows(request, policy, question) || IsGranted(request, policy, permit, account)))
            throw S3Exception.AccessDenied();
    }

    /// <summary>The source of a copy is read as if it were asked for by itself.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public void CheckRead(S3Request request, Bucket bucket, string key) =>
        Check(request.For(bucket, key), new Permit("s3:GetObject", ObjectGrant: AccessPermission.Read));

    private static string ArnOf(S3Request request) =>
        request.Key.Length == 0 ? "arn:aws:s3:::" + request.Bucket : $"arn:aws:s3:::{request.Bucket}/{request.Key}";

    /// <summary>A policy that is open to the public lets nobody else in where the bucket restricts such policies.</summary>
    private bool Allows(S3Request request, BucketPolicy? policy, PolicyQuestion question) =>
        policy?.Allows(question) == true && !(policy.IsPublic && AclRules.Blocks(store, request.Bucket, "RestrictPublicBuckets"));

    private bool IsGranted(S3Request request, BucketPolicy? policy, Permit permit, string? account)
    {
        var id = account is null ? null : CanonicalId.Of(account);
        if (permit.BucketGrant is { } wanted)
            return Allows(request, store.GetBucketGrants(request.Bucket), id, wanted);
        if (permit.ObjectGrant is not { } onObject)
            return false;
        try
        {
            var found = store.GetObject(request.Bucket, request.Key, request.VersionId);
            return ObjectOwnership.AccountOf(request.Target, store, found) == account || Allows(request, found.Controls.Grants, id, onObject);
        }
        catch (BucketsException missing) when (missing.Fault is BucketsFault.NoSuchKey or BucketsFault.NoSuchVersion or BucketsFault.IsDeleteMarker)
        {
            // Only who may list the bucket learns that a key is not there.
            return Allows(request, store.GetBucketGrants(request.Bucket), id, AccessPermission.Read) || MayList(request, policy, account);
        }
    }

    /// <summary>A policy may let somebody list only some of the keys: the question is whether this one would show.</summary>
    private bool MayList(S3Request request, BucketPolicy? policy, string? account)
    {
        var question = new PolicyQuestion(account, "s3:ListBucket", "arn:aws:s3:::" + request.Bucket, key =>
            key.Equals("s3:prefix", StringComparison.OrdinalIgnoreCase) ? ConditionValue.Of(request.Key) : ValueOf(request, key));
        return policy?.Denies(question) == false && Allows(request, policy, question);
    }

    private bool Allows(S3Request request, IReadOnlyList<AccessGrant>? grants, string? id, AccessPermission wanted) =>
        AclRules.Effective(store, request.Bucket, grants).Any(grant => grant.Allows(id, wanted));

    private ConditionValue ValueOf(S3Request request, string key)
    {
        const string existingTag = "s3:ExistingObjectTag/";
        const string requestTag = "s3:RequestObjectTag/";
        if (key.StartsWith(existingTag, StringComparison.OrdinalIgnoreCase))
            return ConditionValue.Of(TagsOf(request).GetValueOrDefault(key[existingTag.Length..]));
        if (key.StartsWith(requestTag, StringComparison.OrdinalIgnoreCase))
            return ConditionValue.Of(ObjectTags.OfHeader(request.Header("x-amz-tagging")).GetValueOrDefault(key[requestTag.Length..]));
        return key.ToLower(CultureInfo.InvariantCulture) switch
        {
            "s3:prefix" => ConditionValue.Of(request.Query("prefix")),
            "s3:delimiter" => ConditionValue.Of(request.Query("delimiter")),
            "s3:max-keys" => ConditionValue.Of(request.Query("max-keys")),
            "s3:x-amz-copy-source" => ConditionValue.Of(request.Header(CopySource.Header) is null ? null : CopySource.Spell(request)),
            "s3:versionid" => ConditionValue.Of(request.VersionId),
            "aws:referer" => ConditionValue.Of(request.Header("Referer")),
            "aws:useragent" => ConditionValue.Of(request.Header("User-Agent")),
            "aws:sourceip" => ConditionValue.Of(request.Http.Connection.RemoteIpAddress?.MapToIPv4().ToString()),
            "aws:securetransport" => ConditionValue.Of(request.Http.Request.IsHttps ? "true" : "false"),
            "aws:principalaccount" => ConditionValue.Of(request.Caller.Scope.AccountId),
            var header when header.StartsWith("s3:x-amz-", StringComparison.Ordinal) => ConditionValue.Of(request.Header(header["s3:".Length..])),
            _ => ConditionValue.Unknown,
        };
    }

    private IReadOnlyDictionary<string, string> TagsOf(S3Request request)
    {
        try
        {
            return store.GetObject(request.Bucket, request.Key, request.VersionId).Tags;
        }
        catch (BucketsException)
        {
            return new Dictionary<string, string>();
        }
    }
}
