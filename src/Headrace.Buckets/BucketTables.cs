using System.Text;
using System.Text.Json;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Versions;
using Headrace.ControlPlane;
using Microsoft.Data.Sqlite;

namespace Headrace.Buckets;

/// <summary>Buckets and the index of their objects in the control database. Keys sort by their UTF-8 bytes, as S3 lists them.</summary>
internal static class BucketTables
{
    public const string Schema = """
        CREATE TABLE bucket (
            name TEXT PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, created_ms INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE object (
            bucket TEXT NOT NULL REFERENCES bucket (name), key TEXT NOT NULL,
            etag TEXT NOT NULL, length INTEGER NOT NULL, modified_ms INTEGER NOT NULL,
            headers TEXT NOT NULL, tags TEXT NOT NULL, checksum TEXT, multipart INTEGER NOT NULL, files BLOB NOT NULL,
            PRIMARY KEY (bucket, key)) WITHOUT ROWID;
        CREATE TABLE upload (
            id TEXT PRIMARY KEY, bucket TEXT NOT NULL REFERENCES bucket (name), key TEXT NOT NULL,
            headers TEXT NOT NULL, tags TEXT NOT NULL, checksum_algorithm TEXT, checksum_type TEXT,
            created_ms INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX upload_by_key ON upload (bucket, key, id);
        CREATE TABLE upload_part (
            upload_id TEXT NOT NULL REFERENCES upload (id) ON DELETE CASCADE, number INTEGER NOT NULL,
            etag TEXT NOT NULL, length INTEGER NOT NULL, modified_ms INTEGER NOT NULL, checksum TEXT NOT NULL, files BLOB NOT NULL,
            PRIMARY KEY (upload_id, number)) WITHOUT ROWID;
        """;

    /// <summary>Whose an object is where it is not the bucket's owner's, and its parts as they were uploaded.</summary>
    public const string OwnersAndParts = """
        ALTER TABLE object ADD COLUMN owner TEXT;
        ALTER TABLE object ADD COLUMN parts TEXT;
        ALTER TABLE past_version ADD COLUMN owner TEXT;
        ALTER TABLE past_version ADD COLUMN parts TEXT;
        ALTER TABLE upload ADD COLUMN owner TEXT;
        """;

    /// <summary>How to tell the key again that a client encrypts an object with.</summary>
    public const string CustomerKeys = """
        ALTER TABLE object ADD COLUMN key_seal TEXT;
        ALTER TABLE past_version ADD COLUMN key_seal TEXT;
        ALTER TABLE upload ADD COLUMN key_seal TEXT;
        """;

    public const string ObjectColumns =
        "bucket, key, etag, length, modified_ms, headers, tags, checksum, multipart, files, version, sequence, controls, part_checksums, owner, parts, key_seal";

    /// <summary>How many columns those are.</summary>
    public const int ObjectColumnCount = 17;

    private const string BucketColumns = "name, account, region, created_ms, versioning, object_lock";

    public static Bucket? FindBucket(DatabaseSession session, string name) => session.Query(
        $"SELECT {BucketColumns} FROM bucket WHERE name = $name", ReadBucket, ("$name", name)).SingleOrDefault();

    /// <exception cref="BucketsException">NoSuchBucket.</exception>
    public static Bucket GetBucket(DatabaseSession session, string name) => FindBucket(session, name) ?? throw BucketsException.NoSuchBucket(name);

    public static List<Bucket> ListBuckets(DatabaseSession session, string account) => session.Query(
        $"SELECT {BucketColumns} FROM bucket WHERE account = $account ORDER BY name", ReadBucket, ("$account", account));

    public static void InsertBucket(DatabaseSession session, Bucket bucket) => session.Execute(
        "INSERT INTO bucket VALUES ($name, $account, $region, $created, $versioning, $lock)",
        ("$name", bucket.Name), ("$account", bucket.Owner.AccountId), ("$region", bucket.Owner.Region),
        ("$created", bucket.CreatedAt.ToUnixTimeMilliseconds()), ("$versioning", bucket.Versioning.ToString()), ("$lock", bucket.LocksObjects));

    public static void SaveVersioning(DatabaseSession session, string bucket, VersioningState state) => session.Execute(
        "UPDATE bucket SET versioning = $versioning WHERE name = $name", ("$versioning", state.ToString()), ("$name", bucket));

    public static void SaveObjectLock(DatabaseSession session, string bucket) => session.Execute(
        "UPDATE bucket SET object_lock = 1 WHERE name = $name", ("$name", bucket));

    public static StoredObject? FindObject(DatabaseSession session, string bucket, string key) => session.Query(
        $"SELECT {ObjectColumns} FROM object WHERE bucket = $bucket AND key = $key", ReadObject, ("$bucket", bucket), ("$key", key)).SingleOrDefault();

    /// <summary>Up to <paramref name="limit"/> objects in key order, from <paramref name="from"/> on.</summary>
    public static List<StoredObject> ScanObjects(DatabaseSession session, string bucket, string from, bool inclusive, int limit) => session.Query(
        $"SELECT {ObjectColumns} FROM object WHERE bucket = $bucket AND key {(inclusive ? ">=" : ">")} $from ORDER BY key LIMIT $limit",
        ReadObject, ("$bucket", bucket), ("$from", from), ("$limit", limit));

    public static void SaveObject(DatabaseSession session, StoredObject stored) => session.Execute(
        $"INSERT OR REPLACE INTO object ({ObjectColumns}) VALUES ($bucket, $key, $etag, $length, $modified, $headers, $tags, $checksum, $multipart, $files, $version, $sequence, $controls, $checksums, $owner, $parts, $seal)",
        ("$bucket", stored.Bucket), ("$key", stored.Key), ("$etag", stored.ETag), ("$length", stored.Length),
        ("$modified", stored.ModifiedAt.ToUnixTimeMilliseconds()), ("$headers", ToJson(stored.Headers)), ("$tags", ToJson(stored.Tags)),
        ("$checksum", stored.Checksum?.ToText()), ("$multipart", stored.IsMultipart), ("$files", BodyFile.Pack(stored.Files)), ("$version", stored.VersionId), ("$sequence", stored.Sequence), ("$controls", stored.Controls.ToText()),
        ("$checksums", stored.PartChecksums is { } checksums ? string.Join(',', checksums) : null),
        ("$owner", stored.Owner), ("$parts", ObjectPart.ToText(stored.Parts)), ("$seal", stored.KeySeal));

    public static void DeleteObject(DatabaseSession session, string bucket, string key) => session.Execute(
        "DELETE FROM object WHERE bucket = $bucket AND key = $key", ("$bucket", bucket), ("$key", key));

    public static HashSet<Guid> KnownFiles(DatabaseSession session) =>
        [.. session.Query("SELECT files FROM object UNION ALL SELECT files FROM past_version UNION ALL SELECT files FROM upload_part", row => BodyFile.Unpack((byte[])row[0]))
            .SelectMany(files => files)
            .Select(file => file.Id)];

    public static string ToJson(IReadOnlyDictionary<string, string> map)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in map)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static Dictionary<string, string> FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal);
    }

    private static Bucket ReadBucket(SqliteDataReader row) => new(
        row.GetString(0), new AccountScope(row.GetString(1), row.GetString(2)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)))
    {
        Versioning = Enum.Parse<VersioningState>(row.GetString(4)),
        LocksObjects = row.GetBoolean(5),
    };

    public static StoredObject ReadObject(SqliteDataReader row) => new()
    {
        Bucket = row.GetString(0),
        Key = row.GetString(1),
        ETag = row.GetString(2),
        Length = row.GetInt64(3),
        ModifiedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        Headers = FromJson(row.GetString(5)),
        Tags = FromJson(row.GetString(6)),
        Checksum = ObjectChecksum.FromText(row.IsDBNull(7) ? null : row.GetString(7)),
        IsMultipart = row.GetBoolean(8),
        Files = BodyFile.Unpack((byte[])row[9]),
        VersionId = row.GetString(10),
        Sequence = row.GetInt64(11),
        Controls = ObjectControls.FromText(row.IsDBNull(12) ? null : row.GetString(12)),
        PartChecksums = row.IsDBNull(13) ? null : row.GetString(13).Split(','),
        Owner = row.IsDBNull(14) ? null : row.GetString(14),
        Parts = ObjectPart.FromText(row.IsDBNull(15) ? null : row.GetString(15)),
        KeySeal = row.IsDBNull(16) ? null : row.GetString(16),
    };
}
