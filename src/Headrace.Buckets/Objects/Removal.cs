using Headrace.Buckets.Bodies;
using Headrace.Buckets.Versions;
using Headrace.ControlPlane;

namespace Headrace.Buckets.Objects;

/// <summary>Deletes a key or a version, by the rules of the bucket's versions.</summary>
internal static class Removal
{
    /// <summary>Gives what was done, and the files that nothing refers to any more.</summary>
    /// <exception cref="BucketsException">The condition fails, or the version is locked.</exception>
    public static (Deletion Deletion, IReadOnlyList<BodyFile> Freed) Remove(DatabaseSession session, Bucket bucket, DeleteRequest request, DateTimeOffset now)
    {
        if (request.VersionId is not null)
            return RemoveVersion(session, bucket, request, request.VersionId, now);
        var before = BucketTables.FindObject(session, bucket.Name, request.Key);
        // What a condition expects to be there and is not counts as deleted: there is nothing that could be another's.
        if (before is null && request.Condition.ExpectsAnObject && VersionTables.Newest(session, bucket.Name, request.Key) is null)
            return (default, []);
        request.Condition.CheckDelete(before);
        if (bucket.Versioning == VersioningState.Unversioned)
        {
            BucketTables.DeleteObject(session, bucket.Name, request.Key);
            return (default, before?.Files ?? []);
        }
        var marker = new ObjectVersion
        {
            Key = request.Key,
            VersionId = bucket.Versioning == VersioningState.Enabled ? VersionId.Create() : VersionId.Null,
            ModifiedAt = now,
            Sequence = Placement.NextSequence(session, bucket.Name, request.Key),
        };
        var freed = Placement.MakeRoom(session, bucket, request.Key, marker.VersionId, now);
        VersionTables.InsertMarker(session, bucket.Name, marker);
        return (new Deletion(marker.VersionId, IsDeleteMarker: true), freed);
    }

    private static (Deletion Deletion, IReadOnlyList<BodyFile> Freed) RemoveVersion(
        DatabaseSession session, Bucket bucket, DeleteRequest request, string versionId, DateTimeOffset now)
    {
        var version = VersionTables.Find(session, bucket.Name, request.Key, versionId);
        if (version is null)
            return (new Deletion(versionId, IsDeleteMarker: false), []);
        request.Condition.CheckDelete(version.Object);
        version.Object?.Controls.CheckDeletable(request.Key, now, request.BypassGovernance);
        if (version is { IsLatest: true, IsDeleteMarker: false })
            BucketTables.DeleteObject(session, bucket.Name, request.Key);
        else
            VersionTables.DeletePast(session, bucket.Name, request.Key, versionId);
        VersionTables.Promote(session, bucket.Name, request.Key);
        return (new Deletion(versionId, version.IsDeleteMarker), version.Object?.Files ?? []);
    }
}
