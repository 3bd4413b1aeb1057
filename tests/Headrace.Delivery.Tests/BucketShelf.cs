using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Tests;

/// <summary>Buckets in memory that fail, or let the server die, where a test says so.</summary>
internal sealed class BucketShelf : IObjectStore
{
    private readonly ConcurrentDictionary<string, byte> _buckets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private int _puts;

    /// <summary>Puts that were begun.</summary>
    public int Puts => Volatile.Read(ref _puts);

    /// <summary>Runs before an object is stored; an exception keeps it from being stored.</summary>
    public Func<int, CancellationToken, Task> BeforePut { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs after an object was stored; an exception hides that it was.</summary>
    public Func<int, CancellationToken, Task> AfterPut { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Keys in ordinal order.</summary>
    public IReadOnlyList<string> Keys => [.. _objects.Keys.Order(StringComparer.Ordinal)];

    public void CreateBucket(string bucket) => _buckets[bucket] = 0;

    /// <summary>What was asked for with each object, by bucket and key.</summary>
    public ConcurrentDictionary<string, OutgoingObject> Outgoing { get; } = new(StringComparer.Ordinal);

    public byte[] Read(string bucket, string key) => _objects[$"{bucket}/{key}"];

    public void Remove(string path) => _objects.TryRemove(path, out _);

    /// <summary>All objects' lines, sorted.</summary>
    public List<string> Lines() => [.. _objects
        .SelectMany(item => Text(item.Key, item.Value).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        .Order(StringComparer.Ordinal)];

    public async Task PutAsync(OutgoingObject outgoing, CancellationToken cancellation)
    {
        var put = Interlocked.Increment(ref _puts);
        if (!_buckets.ContainsKey(outgoing.Bucket))
            throw new IOException($"There is no bucket {outgoing.Bucket}.");
        await BeforePut(put, cancellation);
        var path = $"{outgoing.Bucket}/{outgoing.Key}";
        _objects[path] = outgoing.Body.ToArray();
        Outgoing[path] = outgoing;
        await AfterPut(put, cancellation);
    }

    public Task<bool> ExistsAsync(string bucket, string key, CancellationToken cancellation) => Task.FromResult(_objects.ContainsKey($"{bucket}/{key}"));

    /// <summary>The lines of the objects under a prefix, in the order of the objects' names.</summary>
    public List<string> LinesUnder(string prefix) => [.. _objects
        .Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal))
        .OrderBy(item => item.Key, StringComparer.Ordinal)
        .SelectMany(item => Text(item.Key, item.Value).Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    private static string Text(string key, byte[] body)
    {
        if (!key.EndsWith(".gz", StringComparison.Ordinal))
            return Encoding.UTF8.GetString(body);
        using var reader = new StreamReader(new GZipStream(new MemoryStream(body), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
