using System.Text.Json;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Settings;
using Headrace.Buckets.Versions;
using Headrace.ControlPlane;

namespace Headrace.Buckets.Objects;

/// <summary>Makes a key refer to a new object, by the rules of its bucket's versions.</summary>
internal static class Placement
{
    /// <summary>Gives the object as it was stored, and the files that nothing refers to any more.</summary>
    /// <exception cref="BucketsException">NoSuchBucket, or the condition fails.</exception>
    public static (StoredObject Placed, IReadOnlyList<BodyFile> Freed) Place(DatabaseSession session, StoredObject wanted, WriteCondition condition)
    {
        var bucket = BucketTables.GetBucket(session, wanted.Bucket);
        var before = BucketTables.FindObject(session, wanted.Bucket, wanted.Key);
        condition.Check(wanted.Key, before);
        if (bucket.Versioning == VersioningState.Unversioned)
        {
            BucketTables.SaveObject(session, wanted);
            return (wanted, before?.Files ?? []);
        }
        var stored = wanted with
        {
            VersionId = bucket.Versioning == VersioningState.Enabled ? VersionId.Create() : VersionId.Null,
            Sequence = NextSequence(session, wanted.Bucket, wanted.Key),
            Controls = bucket.LocksObjects ? Retained(session, wanted) : wanted.Controls,
        };
        var freed = MakeRoom(session, bucket, wanted.Key, stored.VersionId, wanted.ModifiedAt);
        BucketTables.SaveObject(session, stored);
        return (stored, freed);
    }

    public static long NextSequence(DatabaseSession session, string bucket, string key) =>
        VersionTables.Newest(session, bucket, key) is { } newest ? newest.Sequence + 1 : 1;

    /// <summary>Makes what is there a past version; a version <c>null</c> gives way to another one.</summary>
    public static IReadOnlyList<BodyFile> MakeRoom(DatabaseSession session, Bucket bucket, string key, string versionId, DateTimeOffset now)
    {
        var replaced = versionId == VersionId.Null ? VersionTables.Find(session, bucket.Name, key, versionId) : null;
        if (replaced is { IsLatest: true, IsDeleteMarker: false })
            BucketTables.DeleteObject(session, bucket.Name, key);
        else if (replaced is not null)
            VersionTables.DeletePast(session, bucket.Name, key, versionId);
        VersionTables.SupersedeMarkers(session, bucket.Name, key, now);
        VersionTables.Supersede(session, bucket.Name, key, now);
        return replaced?.Object?.Files ?? [];
    }

    private static ObjectControls Retained(DatabaseSession session, StoredObject wanted)
    {
        if (wanted.Controls.Retention is not null || SettingTables.Find(session, wanted.Bucket, SettingTables.DefaultRetention) is not { } text)
            return wanted.Controls;
        var retention = JsonSerializer.Deserialize(text, SettingsJson.Default.DefaultRetention)!;
        return wanted.Controls with { Retention = retention.From(wanted.ModifiedAt) };
    }
}
