using System.Text;
using Headrace.ShardLog;
using Headrace.Streams.Iterators;

namespace Headrace.Streams.Tests.Histories;

/// <summary>
/// A consumer as AWS wants one: reads every shard from its start, by the iterators that the last reads gave, and a child only when
/// its parents are drained. It knows of children from what GetRecords says alone.
/// </summary>
internal sealed class LineageReader
{
    private readonly Dictionary<int, string?> _iterators = [];
    private readonly HashSet<int> _drained = [];
    private readonly Dictionary<string, List<string>> _read = [];

    public IReadOnlyList<string> OfKey(string key) => _read.GetValueOrDefault(key) ?? [];

    public int Count { get; private set; }

    /// <summary>Begins with the shards that have no parents.</summary>
    public async Task BeginAsync(StreamCatalog catalog, DataStream stream)
    {
        foreach (var shard in stream.Map.All.Where(shard => shard.ParentIndex is null))
            await OpenAsync(catalog, stream, shard);
    }

    /// <summary>Reads one page of one shard; false when that shard had nothing.</summary>
    public async Task<bool> ReadAsync(StreamCatalog catalog, int pick, int limit)
    {
        var open = _iterators.Keys.Order().ToList();
        if (open.Count == 0)
            return false;
        var shard = open[pick % open.Count];
        using var page = new RecordPage();
        var reading = await catalog.ReadAsync(_iterators[shard]!, limit, page);
        for (var i = 0; i < page.Count; i++)
        {
            var key = Encoding.UTF8.GetString(page[i].Key);
            (_read.TryGetValue(key, out var data) ? data : _read[key] = []).Add(Encoding.UTF8.GetString(page[i].Data));
            Count++;
        }
        if (reading.NextIterator is { } next)
        {
            _iterators[shard] = next;
            reading.ChildShards.ShouldBeEmpty();
            return page.Count > 0;
        }
        _iterators.Remove(shard);
        _drained.Add(shard);
        reading.ChildShards.ShouldNotBeEmpty();
        foreach (var child in reading.ChildShards.Where(child => IsDue(child)))
            await OpenAsync(catalog, reading.Stream, child);
        return true;
    }

    /// <summary>Reads until no shard has anything more.</summary>
    public async Task DrainAsync(StreamCatalog catalog)
    {
        for (var idle = 0; idle < Math.Max(1, _iterators.Count);)
            idle = await ReadAsync(catalog, idle, 1000) ? 0 : idle + 1;
    }

    private bool IsDue(Shard child) =>
        !_iterators.ContainsKey(child.Index)
        && !_drained.Contains(child.Index)
        && _drained.Contains(child.ParentIndex!.Value)
        && (child.AdjacentParentIndex is not { } adjacent || _drained.Contains(adjacent));

    private async Task OpenAsync(StreamCatalog catalog, DataStream stream, Shard shard) =>
        _iterators[shard.Index] = await catalog.IterateAsync(stream, shard, new StartingPosition(IteratorType.TrimHorizon));
}
