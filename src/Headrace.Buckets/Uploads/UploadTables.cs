using Headrace.Buckets.Bodies;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Objects;
using Headrace.ControlPlane;
using Microsoft.Data.Sqlite;

namespace Headrace.Buckets.Uploads;

/// <summary>Uploads and their parts in the control database.</summary>
internal static class UploadTables
{
    private const string Columns = "id, bucket, key, headers, tags, checksum_algorithm, checksum_type, created_ms";

    public static void Insert(DatabaseSession session, MultipartUpload upload) => session.Execute(
        "INSERT INTO upload VALUES ($id, $bucket, $key, $headers, $tags, $algorithm, $type, $created)",
        ("$id", upload.Id), ("$bucket", upload.Target.Bucket), ("$key", upload.Target.Key),
        ("$headers", BucketTables.ToJson(upload.Target.Headers)), ("$tags", BucketTables.ToJson(upload.Target.Tags)),
        ("$algorithm", upload.ChecksumAlgorithm?.ToString()), ("$type", upload.ChecksumType.ToString()),
        ("$created", upload.CreatedAt.ToUnixTimeMilliseconds()));

    /// <exception cref="BucketsException">NoSuchBucket or NoSuchUpload.</exception>
    public static MultipartUpload Get(DatabaseSession session, string bucket, string key, string uploadId)
    {
        BucketTables.GetBucket(session, bucket);
        return session.Query(
            $"SELECT {Columns} FROM upload WHERE id = $id AND bucket = $bucket AND key = $key",
            Read, ("$id", uploadId), ("$bucket", bucket), ("$key", key)).SingleOrDefault() ?? throw BucketsException.NoSuchUpload(uploadId);
    }

    public static List<MultipartUpload> Scan(DatabaseSession session, string bucket, string prefix, string keyMarker, string? idMarker, int limit) => session.Query(
        $"""
        SELECT {Columns} FROM upload
        WHERE bucket = $bucket AND substr(key, 1, length($prefix)) = $prefix AND (key > $key OR (key = $key AND id > $id))
        ORDER BY key, id LIMIT $limit
        """,
        Read, ("$bucket", bucket), ("$prefix", prefix), ("$key", keyMarker), ("$id", idMarker ?? "\U0010FFFF"), ("$limit", limit));

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
        },
        row.IsDBNull(5) ? null : Enum.Parse<ChecksumAlgorithm>(row.GetString(5)),
        Enum.Parse<ChecksumType>(row.GetString(6)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)));
}
