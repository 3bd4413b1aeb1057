using Headrace.Buckets.Bodies;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Versions;
using Headrace.ControlPlane;
using Microsoft.Data.Sqlite;

namespace Headrace.Buckets.Uploads;

/// <summary>Uploads and their parts in the control database.</summary>
internal static class UploadTables
{
    private const string Columns = "id, bucket, key, headers, tags, checksum_algorithm, checksum_type, created_ms, controls, owner, key_seal";

    public static void Insert(DatabaseSession session, MultipartUpload upload) => session.Execute(
        $"INSERT INTO upload ({Columns}) VALUES ($id, $bucket, $key, $headers, $tags, $algorithm, $type, $created, $controls, $owner, $seal)",
        ("$id", upload.Id), ("$bucket", upload.Target.Bucket), ("$key", upload.Target.Key),
        ("$headers", BucketTables.ToJson(upload.Target.Headers)), ("$tags", BucketTables.ToJson(upload.Target.Tags)),
        ("$algorithm", upload.ChecksumAlgorithm?.ToString()), ("$type", upload.ChecksumType.ToString()),
        ("$created", upload.CreatedAt.ToUnixTimeMilliseconds()), ("$controls", upload.Target.Controls.ToText()), ("$owner", upload.Target.Owner), ("$seal", upload.KeySeal));

    /// <exception cref="BucketsException">NoSuchBucket or NoSuchUpload.</exception>
    public static MultipartUpload Get(DatabaseSession session, string bucket, string key, string uploadId)
    {
        BucketTables.GetBucket(session, bucket);
        return session.Query(
            $"SELECT {Columns} FROM upload WHERE id = $id AND bucket = $bucket AND key = $key",
            Read, ("$id", uploadId), ("$bucket", bucket), ("$key", key)).SingleOrDefault() ?? throw BucketsException.NoSuchUpload(uploadId);
    }

    /// <summary>Up to <paramref name="limit"/> uploads after one of this key and id, by key and id.</summary>
    public static List<MultipartUpload> Scan(DatabaseSession session, string bucket, string key, string id, int limit) => session.Query(
        $"SELECT {Columns} FROM upload WHERE bucket = $bucket AND (key, id) > ($key, $id) ORDER BY key, id LIMIT $limit",
        Read, ("$bucket", bucket), ("$key", key), ("$id", id), ("$limit", limit));

    /// <summary>Remembers how an upload ended, for a client that lost the answer and asks again.</summary>
    public static void SaveCompletion(DatabaseSession session, string uploadId, StoredObject made, string parts) => session.Execute(
        "INSERT INTO completed_upload VALUES ($id, $bucket, $key, $version, $parts, $completed)",
        ("$id", uploadId), ("$bucket", made.Bucket), ("$key", made.Key), ("$version", made.VersionId), ("$parts", parts),
        ("$completed", made.ModifiedAt.ToUnixTimeMilliseconds()));

    /// <summary>The object that an upload has become, if it was completed from these parts and its object is still there.</summary>
    public static StoredObject? FindCompletion(DatabaseSession session, string bucket, string key, string uploadId, string parts) => session.Query(
        "SELECT version, completed_ms FROM completed_upload WHERE id = $id AND bucket = $bucket AND key = $key AND parts = $parts",
        row => (Version: row.GetString(0), At: row.GetInt64(1)),
        ("$id", uploadId), ("$bucket", bucket), ("$key", key), ("$parts", parts)) is [var (version, at)]
        && VersionTables.Find(session, bucket, key, version)?.Object is { } made && made.ModifiedAt.ToUnixTimeMilliseconds() == at
        ? made
        : null;

    public static void ForgetCompletions(DatabaseSession session, DateTimeOffset before) => session.Execute(
        "DELETE FROM completed_upload WHERE completed_ms < $before", ("$before", before.ToUnixTimeMilliseconds()));

    /// <summary>A bucket's uploads that were begun before a time.</summary>
    public static List<MultipartUpload> BegunBefore(DatabaseSession session, string bucket, DateTimeOffset before, int limit) => session.Query(
        $"SELECT {Columns} FROM upload WHERE bucket = $bucket AND created_ms < $before LIMIT $limit",
        Read, ("$bucket", bucket), ("$before", before.ToUnixTimeMilliseconds()), ("$limit", limit));

    public static void SavePart(DatabaseSession session, string uploadId, UploadedPart part) => session.Execute(
        "INSERT OR REPLACE INTO upload_part VALUES ($id, $number, $etag, $length, $modified, $checksum, $files)",
        ("$id", uploadId), ("$number", part.Number), ("$etag", part.ETag), ("$length", part.Length),
        ("$modified", part.ModifiedAt.ToUnixTimeMilliseconds()), ("$checksum", part.Checksum.ToText()), ("$files", BodyFile.Pack(part.Files)));

    /// <summary>All parts, by number.</summary>
    public static List<UploadedPart> Parts(DatabaseSession session, string uploadId) => session.Query(
        "SELECT number, etag, length, modified_ms, checksum, files FROM upload_part WHERE upload_id = $id ORDER BY number",
        row => new UploadedPart(
            row.GetInt32(0), row.GetString(1), row.GetInt64(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
            ObjectChecksum.FromText(row.GetString(4))!)
        {
            Files = BodyFile.Unpack((byte[])row[5]),
        },
        ("$id", uploadId));

    public static void Delete(DatabaseSession session, string uploadId) => session.Execute("DELETE FROM upload WHERE id = $id", ("$id", uploadId));

    /// <summary>Forgets a bucket's uploads; gives the files that nothing refers to any more.</summary>
    public static List<BodyFile> DeleteAllOf(DatabaseSession session, string bucket)
    {
        var files = session.Query(
            "SELECT files FROM upload_part WHERE upload_id IN (SELECT id FROM upload WHERE bucket = $bucket)",
            row => BodyFile.Unpack((byte[])row[0]), ("$bucket", bucket));
        session.Execute("DELETE FROM upload WHERE bucket = $bucket", ("$bucket", bucket));
        return [.. files.SelectMany(file => file)];
    }

    private static MultipartUpload Read(SqliteDataReader row) => new(
        row.GetString(0),
        new NewObject
        {
            Bucket = row.GetString(1),
            Key = row.GetString(2),
            Headers = BucketTables.FromJson(row.GetString(3)),
            Tags = BucketTables.FromJson(row.GetString(4)),
            Controls = ObjectControls.FromText(row.IsDBNull(8) ? null : row.GetString(8)),
            Owner = row.IsDBNull(9) ? null : row.GetString(9),
        },
        row.IsDBNull(5) ? null : Enum.Parse<ChecksumAlgorithm>(row.GetString(5)),
        Enum.Parse<ChecksumType>(row.GetString(6)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)))
    {
        KeySeal = row.IsDBNull(10) ? null : row.GetString(10),
    };
}
