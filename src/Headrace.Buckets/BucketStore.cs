using Headrace.Buckets.Bodies;
using Headrace.Buckets.Checksums;
using Headrace.Buckets.Encryption;
using Headrace.Buckets.Uploads;
using Headrace.Buckets.Versions;
using Headrace.ControlPlane;
using Headrace.Files;

namespace Headrace.Buckets;

/// <summary>
/// Buckets and their objects on local disk: an index in the control database, bytes in files. An object is wholly there
/// or not there, whatever is killed when; a call that returned has made its change durable. Thread-safe.
/// Every method throws a <see cref="BucketsException"/> when it refuses.
/// </summary>
public sealed partial class BucketStore
{
    private readonly ControlDatabase _database;
    private readonly BodyShelf _shelf;
    private readonly TimeProvider _time;

    private BucketStore(ControlDatabase database, BodyShelf shelf, TimeProvider time)
    {
        _database = database;
        _shelf = shelf;
        _time = time;
    }

    /// <summary>Raised when a bucket was made, which is then durable. What is called is to return at once and to throw nothing.</summary>
    public event Action<Bucket>? BucketCreated;

    /// <summary>Opens or creates the store and removes what an interrupted server left unfinished.</summary>
    public static BucketStore Open(string directory, ControlDatabase database, IDisk? disk = null, TimeProvider? time = null)
    {
        database.Migrate("buckets", BucketTables.Schema, VersionTables.Schema, BucketTables.OwnersAndParts, BucketTables.CustomerKeys);
        var shelf = new BodyShelf(disk ?? LocalDisk.Instance, directory);
        shelf.Sweep(database.Read(BucketTables.KnownFiles).Contains);
        var store = new BucketStore(database, shelf, time ?? TimeProvider.System);
        store.LoadLifecycles();
        return store;
    }

    /// <summary>Makes a bucket.</summary>
    public Bucket CreateBucket(AccountScope owner, string name, bool locksObjects = false)
    {
        if (!BucketName.IsValid(name))
            throw new BucketsException(BucketsFault.InvalidBucketName, "The specified bucket is not valid.") { Resource = name };
        var created = Write(session =>
        {
            if (BucketTables.FindBucket(session, name) is { } existing)
                throw Taken(existing, owner);
            var bucket = new Bucket(name, owner, Now())
            {
                // Only versions can be locked.
                Versioning = locksObjects ? VersioningState.Enabled : VersioningState.Unversioned,
                LocksObjects = locksObjects,
            };
            BucketTables.InsertBucket(session, bucket);
            return bucket;
        });
        BucketCreated?.Invoke(created);
        return created;
    }

    /// <summary>Deletes an empty bucket.</summary>
    public void DeleteBucket(string name)
    {
        RemoveBucket(name);
        _lifecycles.TryRemove(name, out _);
        ForgetSettings(name);
    }

    public Bucket GetBucket(string name)
    {
        if (_buckets.TryGetValue(name, out var known))
            return known;
        lock (_settingsLock)
            return _buckets[name] = Read(session => BucketTables.GetBucket(session, name));
    }

    public bool BucketExists(string name) => Read(session => BucketTables.FindBucket(session, name)) is not null;

    /// <summary>An account's buckets, by name.</summary>
    public IReadOnlyList<Bucket> ListBuckets(string account) => Read(session => BucketTables.ListBuckets(session, account));

    /// <summary>A place for the bytes of an object or a part that is to be put.</summary>
    /// <param name="algorithm">The checksum to compute.</param>
    /// <param name="key">What to encrypt the bytes with; null to store them as they are.</param>
    public BodyWriter NewBody(ChecksumAlgorithm algorithm = ChecksumAlgorithm.Crc64Nvme, CustomerKey? key = null) => new(_shelf, algorithm, key);

    private void RemoveBucket(string name) => Write(session =>
    {
        BucketTables.GetBucket(session, name);
        if (BucketTables.ScanObjects(session, name, "", inclusive: true, limit: 1).Count > 0)
            throw new BucketsException(BucketsFault.BucketNotEmpty, "The bucket you tried to delete is not empty") { Resource = name };
        if (VersionTables.HasPast(session, name))
            throw new BucketsException(BucketsFault.BucketNotEmpty, "The bucket you tried to delete is not empty. You must delete all versions in the bucket.") { Resource = name };
        var parts = UploadTables.DeleteAllOf(session, name);
        session.Execute("DELETE FROM bucket WHERE name = $name", ("$name", name));
        return parts;
    }, after: _shelf.Discard);

    private static BucketsException Taken(Bucket existing, AccountScope owner) => existing.Owner.AccountId == owner.AccountId
        ? new BucketsException(BucketsFault.BucketAlreadyOwnedByYou, "Your previous request to create the named bucket succeeded and you already own it.") { Resource = existing.Name }
        : new BucketsException(
            BucketsFault.BucketAlreadyExists,
            "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.")
        { Resource = existing.Name };

    /// <summary>The time in whole milliseconds, as it is stored.</summary>
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());

    private T Read<T>(Func<DatabaseSession, T> work) => StorageFaults.Translate(() => _database.Read(work));

    private T Write<T>(Func<DatabaseSession, T> work) => StorageFaults.Translate(() => _database.Write(work));

    /// <summary>Runs a transaction and, once that is durable, lets go of what it made superfluous.</summary>
    private void Write<T>(Func<DatabaseSession, T> work, Action<T> after) => after(Write(work));
}
