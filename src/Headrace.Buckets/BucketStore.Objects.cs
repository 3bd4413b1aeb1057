using System.Text;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Objects;

namespace Headrace.Buckets;

// Objects: put, open, tag, delete.
public sealed partial class BucketStore
{
    private const int MaxKeyBytes = 1024;

    /// <summary>Stores an object whole; replaces one of the same key. The writer is used up, but still to be disposed of.</summary>
    public StoredObject PutObject(NewObject wanted, BodyWriter body, WriteCondition condition = default)
    {
        CheckKey(wanted.Key);
        var digest = body.Digest;
        return Replace(condition, new StoredObject
        {
            Bucket = wanted.Bucket,
            Key = wanted.Key,
            ETag = digest.ETag,
            Length = digest.Length,
            ModifiedAt = Now(),
            Headers = wanted.Headers,
            Tags = wanted.Tags,
            Checksum = digest.Checksum,
            IsMultipart = false,
            Files = body.Shelve(),
        });
    }

    /// <summary>Stores an object whole from memory; replaces one of the same key.</summary>
    public Task PutObjectAsync(string bucket, string key, ReadOnlyMemory<byte> body, string contentType, string? contentEncoding, CancellationToken cancellation = default) =>
        Task.Run(() =>
        {
            using var writer = NewBody();
            writer.Write(body.Span);
            var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["content-type"] = contentType };
            if (contentEncoding is not null)
                headers["content-encoding"] = contentEncoding;
            PutObject(new NewObject { Bucket = bucket, Key = key, Headers = headers }, writer);
        }, cancellation);

    /// <summary>True when an object of that key is there, whole; false too when the bucket is missing.</summary>
    public bool ObjectExists(string bucket, string key) => Read(session => BucketTables.FindObject(session, bucket, key)) is not null;

    /// <summary>An object without its bytes.</summary>
    public StoredObject GetObject(string bucket, string key) => Read(session =>
    {
        BucketTables.GetBucket(session, bucket);
        return BucketTables.FindObject(session, bucket, key) ?? throw BucketsException.NoSuchKey(key);
    });

    /// <summary>An object with its bytes, which stay readable until the reader is disposed of.</summary>
    public ObjectReader OpenObject(string bucket, string key)
    {
        while (true)
        {
            var found = GetObject(bucket, key);
            if (StorageFaults.Translate(() => _shelf.TryHold(found.Files)))
                return new ObjectReader(_shelf, found);
            // Replaced between the two steps: then the index tells of another object now. Otherwise its file is lost.
            if (GetObject(bucket, key).Files.SequenceEqual(found.Files))
                throw new BucketsException(BucketsFault.StorageFailed, $"The bytes of {key} in {bucket} are missing on the disk.") { Resource = key };
        }
    }

    /// <summary>Gives an object other tags; nothing else of it changes.</summary>
    public void SetTags(string bucket, string key, IReadOnlyDictionary<string, string> tags) => Write(session =>
    {
        BucketTables.GetBucket(session, bucket);
        var found = BucketTables.FindObject(session, bucket, key) ?? throw BucketsException.NoSuchKey(key);
        BucketTables.SaveObject(session, found with { Tags = tags });
        return found;
    });

    /// <summary>Deletes an object; one that is not there counts as deleted unless the condition asks for it.</summary>
    public void DeleteObject(string bucket, string key, WriteCondition condition = default) => Write(session =>
    {
        BucketTables.GetBucket(session, bucket);
        var found = BucketTables.FindObject(session, bucket, key);
        condition.Check(key, found?.ETag);
        BucketTables.DeleteObject(session, bucket, key);
        return found?.Files ?? [];
    }, after: _shelf.Discard);

    /// <summary>Deletes many objects in one transaction.</summary>
    public void DeleteObjects(string bucket, IEnumerable<string> keys) => Write(session =>
    {
        BucketTables.GetBucket(session, bucket);
        var files = new List<BodyFile>();
        foreach (var key in keys)
        {
            files.AddRange(BucketTables.FindObject(session, bucket, key)?.Files ?? []);
            BucketTables.DeleteObject(session, bucket, key);
        }
        return files;
    }, after: _shelf.Discard);

    private static void CheckKey(string key)
    {
        if (Encoding.UTF8.GetByteCount(key) is 0 or > MaxKeyBytes)
            throw new BucketsException(BucketsFault.KeyTooLong, "Your key is too long") { Resource = key };
    }

    private StoredObject Replace(WriteCondition condition, StoredObject stored)
    {
        try
        {
            Write(session =>
            {
                BucketTables.GetBucket(session, stored.Bucket);
                var before = BucketTables.FindObject(session, stored.Bucket, stored.Key);
                condition.Check(stored.Key, before?.ETag);
                BucketTables.SaveObject(session, stored);
                return before?.Files ?? [];
            }, after: _shelf.Discard);
            return stored;
        }
        catch (BucketsException failure) when (failure.Fault is not (BucketsFault.StorageFull or BucketsFault.StorageFailed))
        {
            // After a failed commit nobody knows what the database will say when it is opened anew; then the files wait for the sweep.
            _shelf.Discard(stored.Files);
            throw;
        }
    }
}
