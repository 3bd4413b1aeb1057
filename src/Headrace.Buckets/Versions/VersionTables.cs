using Headrace.Buckets.Objects;
using Headrace.ControlPlane;
using Microsoft.Data.Sqlite;

namespace Headrace.Buckets.Versions;

/// <summary>
/// Versions in the control database. A key's newest version is in the table of objects unless it is a delete marker;
/// all others, and every delete marker, are in the table of past versions.
/// </summary>
internal static class VersionTables
{
    public const string Schema = """
        ALTER TABLE bucket ADD COLUMN versioning TEXT NOT NULL DEFAULT 'Unversioned';
        ALTER TABLE bucket ADD COLUMN object_lock INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE object ADD COLUMN version TEXT NOT NULL DEFAULT 'null';
        ALTER TABLE object ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE object ADD COLUMN controls TEXT;
        ALTER TABLE object ADD COLUMN part_checksums TEXT;
        ALTER TABLE upload ADD COLUMN controls TEXT;
        CREATE TABLE past_version (
            bucket TEXT NOT NULL REFERENCES bucket (name), key TEXT NOT NULL,
            etag TEXT, length INTEGER NOT NULL, modified_ms INTEGER NOT NULL,
            headers TEXT NOT NULL, tags TEXT NOT NULL, checksum TEXT, multipart INTEGER NOT NULL, files BLOB NOT NULL,
            version TEXT NOT NULL, sequence INTEGER NOT NULL, controls TEXT, part_checksums TEXT, superseded_ms INTEGER NOT NULL,
            PRIMARY KEY (bucket, key, sequence DESC)) WITHOUT ROWID;
        CREATE TABLE bucket_setting (
            bucket TEXT NOT NULL REFERENCES bucket (name) ON DELETE CASCADE, name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (bucket, name)) WITHOUT ROWID;
        CREATE TABLE completed_upload (
            id TEXT PRIMARY KEY, bucket TEXT NOT NULL REFERENCES bucket (name) ON DELETE CASCADE, key TEXT NOT NULL,
            version TEXT NOT NULL, parts TEXT NOT NULL, completed_ms INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX completed_upload_by_bucket ON completed_upload (bucket);
        """;

    private const string IsNewest = """
        etag IS NULL
        AND NOT EXISTS (SELECT 1 FROM object AS current WHERE current.bucket = past_version.bucket AND current.key = past_version.key)
        AND NOT EXISTS (
            SELECT 1 FROM past_version AS newer
            WHERE newer.bucket = past_version.bucket AND newer.key = past_version.key AND newer.sequence > past_version.sequence)
        """;

    private const string Current = $"SELECT {BucketTables.ObjectColumns}, 1 AS newest, 0 AS superseded_ms FROM object WHERE bucket = $bucket";
    private const string Past = $"SELECT {BucketTables.ObjectColumns}, {IsNewest} AS newest, superseded_ms FROM past_version WHERE bucket = $bucket";
    private const string FromPosition = "AND key >= $key AND (key > $key OR sequence < $sequence)";

    /// <summary>Up to <paramref name="limit"/> versions after a position: by key, each key's newest first.</summary>
    public static List<ObjectVersion> Scan(DatabaseSession session, string bucket, VersionPosition from, int limit) => session.Query(
        $"{Current} {FromPosition} UNION ALL {Past} {FromPosition} ORDER BY key, sequence DESC LIMIT $limit",
        Read, ("$bucket", bucket), ("$key", from.Key), ("$sequence", from.Sequence), ("$limit", limit));

    /// <summary>All versions of a key, the newest first.</summary>
    public static List<ObjectVersion> OfKey(DatabaseSession session, string bucket, string key) => session.Query(
        $"{Current} AND key = $key UNION ALL {Past} AND key = $key ORDER BY key, sequence DESC", Read, ("$bucket", bucket), ("$key", key));

    public static ObjectVersion? Find(DatabaseSession session, string bucket, string key, string versionId) => session.Query(
        $"{Current} AND key = $key AND version = $version UNION ALL {Past} AND key = $key AND version = $version",
        Read, ("$bucket", bucket), ("$key", key), ("$version", versionId)).SingleOrDefault();

    /// <summary>The newest version of a key, which may be a delete marker.</summary>
    public static ObjectVersion? Newest(DatabaseSession session, string bucket, string key) => session.Query(
        $"{Current} AND key = $key UNION ALL {Past} AND key = $key ORDER BY sequence DESC LIMIT 1", Read, ("$bucket", bucket), ("$key", key)).SingleOrDefault();

    public static bool HasPast(DatabaseSession session, string bucket) =>
        session.Scalar("SELECT 1 FROM past_version WHERE bucket = $bucket LIMIT 1", ("$bucket", bucket)) is not null;

    /// <summary>Moves a key's object, if there is one, to the past versions.</summary>
    public static void Supersede(DatabaseSession session, string bucket, string key, DateTimeOffset now)
    {
        session.Execute(
            $"INSERT INTO past_version ({BucketTables.ObjectColumns}, superseded_ms) SELECT {BucketTables.ObjectColumns}, $now FROM object WHERE bucket = $bucket AND key = $key",
            ("$now", now.ToUnixTimeMilliseconds()), ("$bucket", bucket), ("$key", key));
        BucketTables.DeleteObject(session, bucket, key);
    }

    /// <summary>Makes a key's newest version its object again, unless it is a delete marker or there is one already.</summary>
    public static void Promote(DatabaseSession session, string bucket, string key)
    {
        if (Newest(session, bucket, key) is not { IsLatest: false, IsDeleteMarker: false } newest)
            return;
        session.Execute(
            $"INSERT INTO object ({BucketTables.ObjectColumns}) SELECT {BucketTables.ObjectColumns} FROM past_version WHERE bucket = $bucket AND key = $key AND sequence = $sequence",
            ("$bucket", bucket), ("$key", key), ("$sequence", newest.Sequence));
        DeletePast(session, bucket, key, newest.VersionId);
    }

    public static void InsertMarker(DatabaseSession session, string bucket, ObjectVersion marker) => session.Execute(
        """
        INSERT INTO past_version (bucket, key, length, modified_ms, headers, tags, multipart, files, version, sequence, superseded_ms)
        VALUES ($bucket, $key, 0, $modified, '{}', '{}', 0, x'', $version, $sequence, 0)
        """,
        ("$bucket", bucket), ("$key", marker.Key), ("$modified", marker.ModifiedAt.ToUnixTimeMilliseconds()),
        ("$version", marker.VersionId), ("$sequence", marker.Sequence));

    /// <summary>A delete marker that was the newest version becomes a past one.</summary>
    public static void SupersedeMarkers(DatabaseSession session, string bucket, string key, DateTimeOffset now) => session.Execute(
        "UPDATE past_version SET superseded_ms = $now WHERE bucket = $bucket AND key = $key AND etag IS NULL AND superseded_ms = 0",
        ("$now", now.ToUnixTimeMilliseconds()), ("$bucket", bucket), ("$key", key));

    public static void DeletePast(DatabaseSession session, string bucket, string key, string versionId) => session.Execute(
        "DELETE FROM past_version WHERE bucket = $bucket AND key = $key AND version = $version", ("$bucket", bucket), ("$key", key), ("$version", versionId));

    /// <summary>Writes tags and controls of a version, which are all of it that may change.</summary>
    public static void Update(DatabaseSession session, ObjectVersion version, StoredObject changed) => session.Execute(
        $"UPDATE {(version.IsLatest ? "object" : "past_version")} SET tags = $tags, controls = $controls WHERE bucket = $bucket AND key = $key AND version = $version",
        ("$tags", BucketTables.ToJson(changed.Tags)), ("$controls", changed.Controls.ToText()),
        ("$bucket", changed.Bucket), ("$key", changed.Key), ("$version", version.VersionId));

    private static ObjectVersion Read(SqliteDataReader row) => new()
    {
        Key = row.GetString(1),
        ModifiedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        VersionId = row.GetString(10),
        Sequence = row.GetInt64(11),
        Object = row.IsDBNull(2) ? null : BucketTables.ReadObject(row),
        IsLatest = row.GetBoolean(BucketTables.ObjectColumnCount),
        SupersededAt = row.GetInt64(BucketTables.ObjectColumnCount + 1) is var superseded and > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(superseded) : null,
    };
}
