using Headrace.Buckets.Listing;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Retention;
using Headrace.Buckets.Versions;
using Headrace.ControlPlane;

namespace Headrace.Buckets;

// Versions: list them, and change what may change of one.
public sealed partial class BucketStore
{
    /// <summary>Lists all versions and delete markers, by key and each key's newest first.</summary>
    public VersionPage ListVersions(ListingRequest request, string? afterVersion = null) => Read(session =>
    {
        BucketTables.GetBucket(session, request.Bucket);
        return new VersionListing(session, request, afterVersion).Make();
    });

    /// <summary>Gives an object, or one of its versions, other tags; nothing else of it changes.</summary>
    public StoredObject SetTags(string bucket, string key, IReadOnlyDictionary<string, string> tags, string? versionId = null) =>
        Change(bucket, key, versionId, found => found with { Tags = tags });

    /// <summary>Changes who may use an object.</summary>
    public StoredObject SetGrants(string bucket, string key, IReadOnlyList<Access.AccessGrant> grants, string? versionId = null) =>
        Change(bucket, key, versionId, found => found with { Controls = found.Controls with { Grants = grants } });

    /// <summary>Holds an object or lets go of it.</summary>
    public StoredObject SetLegalHold(string bucket, string key, bool on, string? versionId = null) =>
        Change(bucket, key, versionId, found => found with { Controls = found.Controls with { LegalHold = on } });

    /// <summary>Retains an object for longer; for shorter only where <paramref name="bypassGovernance"/> counts. Null lets go of it.</summary>
    public StoredObject SetRetention(string bucket, string key, ObjectRetention? retention, bool bypassGovernance, string? versionId = null) =>
        Change(bucket, key, versionId, found =>
        {
            if (found.Controls.Retention is { } before && before.Until > Now() && IsWeaker(retention, before)
                && !(bypassGovernance && before.Mode == RetentionMode.Governance))
            {
                throw new BucketsException(BucketsFault.AccessDenied, "Access Denied because object protected by object lock.") { Resource = key };
            }
            return found with { Controls = found.Controls with { Retention = retention } };
        });

    private static bool IsWeaker(ObjectRetention? retention, ObjectRetention before) =>
        retention is null || retention.Until < before.Until || retention.Mode != before.Mode;

    private static ObjectVersion GetVersion(DatabaseSession session, string bucket, string key, string versionId) =>
        VersionTables.Find(session, bucket, key, versionId) ?? throw BucketsException.NoSuchVersion(key, versionId);

    private StoredObject Change(string bucket, string key, string? versionId, Func<StoredObject, StoredObject> change) => Write(session =>
    {
        BucketTables.GetBucket(session, bucket);
        var version = versionId is null ? VersionTables.Newest(session, bucket, key) : GetVersion(session, bucket, key, versionId);
        if (version?.Object is not { } found)
            throw version is null || versionId is null ? BucketsException.NoSuchKey(key, version?.VersionId) : BucketsException.MarkerGiven(key, version.VersionId);
        var changed = change(found);
        VersionTables.Update(session, version, changed);
        return changed;
    });
}
