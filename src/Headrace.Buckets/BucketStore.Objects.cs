using System.Text;
using Headrace.Buckets.Bodies;
using Headrace.Buckets.Encryption;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Versions;
using Headrace.ControlPlane;

namespace Headrace.Buckets;

// Objects: put, open, delete.
public sealed partial class BucketStore
{
    private const int MaxKeyBytes = 1024;

    /// <summary>
    /// Stores an object whole: as the key's newest version where versions are kept, otherwise in place of the key's object.
    /// The writer is used up, but still to be disposed of.
    /// </summary>
    public StoredObject PutObject(NewObject wanted, BodyWriter body, WriteCondition condition = default)
    {
        var stored = Shelve(wanted, body);
        return Keep(stored, session => Placement.Place(session, stored, condition));
    }

    /// <summary>Stores an object whole from memory; replaces one of the same key.</summary>
    public Task PutObjectAsync(string bucket, string key, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellation = default) =>
        Task.Run(() =>
        {
            using var writer = NewBody();
            writer.Write(body.Span);
            PutObject(new NewObject { Bucket = bucket, Key = key, Headers = headers }, writer);
        }, cancellation);

    /// <summary>True when an object of that key is there, whole; false too when the bucket is missing.</summary>
    public bool ObjectExists(string bucket, string key) => Read(session => BucketTables.FindObject(session, bucket, key)) is not null;

    /// <summary>An object without its bytes: the key's own, or one of its versions.</summary>
    public StoredObject GetObject(string bucket, string key, string? versionId = null) => Read(session =>
    {
        var keeper = BucketTables.GetBucket(session, bucket);
        if (versionId is not null)
            return GetVersion(session, bucket, key, versionId).Object ?? throw BucketsException.MarkerGiven(key, versionId);
        if (BucketTables.FindObject(session, bucket, key) is { } found)
            return found;
        var marker = keeper.Versioning == VersioningState.Unversioned ? null : VersionTables.Newest(session, bucket, key);
        throw BucketsException.NoSuchKey(key, marker?.VersionId);
    });

    /// <summary>An object with its bytes, which stay readable until the reader is disposed of.</summary>
    /// <param name="bucket">Its bucket.</param>
    /// <param name="key">Its key.</param>
    /// <param name="versionId">The version; null for the key's own.</param>
    /// <param name="customerKey">What its bytes are encrypted with; null for nothing.</param>
    public ObjectReader OpenObject(string bucket, string key, string? versionId = null, CustomerKey? customerKey = null)
    {
        while (true)
        {
            var found = GetObject(bucket, key, versionId);
            found.CheckKey(customerKey);
            if (StorageFaults.Translate(() => _shelf.TryHold(found.Files)))
                return new ObjectReader(_shelf, found, customerKey);
            // Replaced between the two steps: then the index tells of another object now. Otherwise its file is lost.
            if (GetObject(bucket, key, versionId).Files.SequenceEqual(found.Files))
                throw new BucketsException(BucketsFault.StorageFailed, $"The bytes of {key} in {bucket} are missing on the disk.") { Resource = key };
        }
    }

    /// <summary>Deletes a key, or one version of it; what is not there counts as deleted unless the condition asks for it.</summary>
    public Deletion DeleteObject(string bucket, DeleteRequest request)
    {
        var (deletion, freed) = Write(session => Removal.Remove(session, BucketTables.GetBucket(session, bucket), request, Now()));
        _shelf.Discard(freed);
        return deletion;
    }

    /// <summary>Deletes many in one transaction; each that is refused says why.</summary>
    public IReadOnlyList<DeleteRequest> DeleteObjects(string bucket, IReadOnlyList<DeleteRequest> requests)
    {
        var freed = new List<BodyFile>();
        var done = Write(session =>
        {
            var keeper = BucketTables.GetBucket(session, bucket);
            return requests.Select(request =>
            {
                try
                {
                    var (deletion, files) = Removal.Remove(session, keeper, request, Now());
                    freed.AddRange(files);
                    return request with { Deletion = deletion };
                }
                catch (BucketsException refusal)
                {
                    return request with { Refusal = refusal };
                }
            }).ToList();
        });
        _shelf.Discard(freed);
        return done;
    }

    /// <summary>Makes the bytes durable; the index does not refer to them yet.</summary>
    private StoredObject Shelve(NewObject wanted, BodyWriter body)
    {
        CheckKey(wanted.Key);
        var digest = body.Digest;
        return new StoredObject
        {
            Bucket = wanted.Bucket,
            Key = wanted.Key,
            ETag = digest.ETag,
            Length = digest.Length,
            ModifiedAt = Now(),
            Headers = wanted.Headers,
            Tags = wanted.Tags,
            Controls = wanted.Controls,
            Owner = wanted.Owner,
            KeySeal = body.Key?.Seal(),
            Checksum = digest.Checksum,
            IsMultipart = false,
            Files = body.Shelve(),
        };
    }

    /// <summary>Has the index refer to an object that is shelved, in one transaction, which gives the files that nothing refers to any more.</summary>
    private StoredObject Keep(StoredObject shelved, Func<DatabaseSession, (StoredObject Placed, IReadOnlyList<BodyFile> Freed)> place)
    {
        try
        {
            var (placed, freed) = Write(place);
            _shelf.Discard(freed);
            return placed;
        }
        catch (BucketsException failure) when (failure.Fault is not (BucketsFault.StorageFull or BucketsFault.StorageFailed))
        {
            // After a failed commit nobody knows what the database will say when it is opened anew; then the files wait for the sweep.
            _shelf.Discard(shelved.Files);
            throw;
        }
    }

    private static void CheckKey(string key)
    {
        if (Encoding.UTF8.GetByteCount(key) is 0 or > MaxKeyBytes)
            throw new BucketsException(BucketsFault.KeyTooLong, "Your key is too long") { Resource = key };
    }
}
