using System.Text;
using Headrace.Buckets.Objects;
using Headrace.ControlPlane;

namespace Headrace.Buckets.Tests;

/// <summary>A store in a folder of its own, with one bucket, that can be closed and opened anew.</summary>
public sealed class StoreFixture : IDisposable
{
    public const string Bucket = "orders";
    public static readonly AccountScope Owner = new("000000000000", "us-east-1");

    private readonly string _root = System.IO.Directory.CreateTempSubdirectory("headrace-buckets-").FullName;
    private readonly TimeProvider _time;
    private ControlDatabase _database;

    public StoreFixture()
        : this(TimeProvider.System)
    {
    }

    internal StoreFixture(TimeProvider time)
    {
        _time = time;
        _database = ControlDatabase.Open(Path.Combine(_root, "headrace.db"));
        Store = BucketStore.Open(Directory, _database, time: _time);
        Store.CreateBucket(Owner, Bucket);
    }

    public BucketStore Store { get; private set; }

    public string Directory => Path.Combine(_root, "buckets");

    /// <summary>Every file that holds bytes, wherever it lies.</summary>
    public IReadOnlyList<string> Files => [.. System.IO.Directory.EnumerateFiles(Directory, "*", SearchOption.AllDirectories)];

    public void Reopen()
    {
        _database.Dispose();
        _database = ControlDatabase.Open(Path.Combine(_root, "headrace.db"));
        Store = BucketStore.Open(Directory, _database, time: _time);
    }

    public StoredObject Put(string key, byte[] body, WriteCondition condition = default, string bucket = Bucket)
    {
        using var writer = Store.NewBody();
        writer.Write(body);
        return Store.PutObject(new NewObject { Bucket = bucket, Key = key }, writer, condition);
    }

    public StoredObject Put(string key, string body) => Put(key, Encoding.UTF8.GetBytes(body));

    public async Task<byte[]> ReadAsync(string key)
    {
        using var reader = Store.OpenObject(Bucket, key);
        return await ReadAsync(reader, 0, reader.Object.Length);
    }

    public static async Task<byte[]> ReadAsync(ObjectReader reader, long offset, long length)
    {
        using var all = new MemoryStream();
        await reader.ReadAsync(offset, length, piece =>
        {
            all.Write(piece.Span);
            return ValueTask.CompletedTask;
        });
        return all.ToArray();
    }

    public void Dispose()
    {
        _database.Dispose();
        System.IO.Directory.Delete(_root, recursive: true);
    }
}
