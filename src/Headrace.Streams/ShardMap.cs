using System.Collections.Immutable;

namespace Headrace.Streams;

/// <summary>A stream's shards at one moment, and which of the open ones takes a hash key. Immutable.</summary>
public sealed class ShardMap
{
    private readonly UInt128[] _starts;
    private readonly Shard[] _open;
    private readonly Dictionary<int, Shard> _byIndex;

    public ShardMap(IEnumerable<Shard> shards)
    {
        All = [.. shards.OrderBy(shard => shard.Index)];
        _byIndex = All.ToDictionary(shard => shard.Index);
        _open = [.. All.Where(shard => shard.IsOpen).OrderBy(shard => shard.Range.Start)];
        _starts = Array.ConvertAll(_open, shard => shard.Range.Start);
    }

    /// <summary>All shards, closed ones included, by index.</summary>
    public ImmutableArray<Shard> All { get; }

    public int OpenCount => _open.Length;

    /// <summary>Open shards in the order of their hash key ranges.</summary>
    public ReadOnlySpan<Shard> Open => _open;

    public Shard? Find(int index) => _byIndex.GetValueOrDefault(index);

    /// <summary>The open shard that takes a hash key; the ranges of open shards cover all keys.</summary>
    public Shard ShardFor(UInt128 hashKey)
    {
        int low = 0, high = _starts.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (_starts[middle] <= hashKey)
                low = middle;
            else
                high = middle - 1;
        }
        return _open[low];
    }

    /// <summary>The map with some shards replaced (same index) or added.</summary>
    public ShardMap With(params IEnumerable<Shard> changed)
    {
        var next = new Dictionary<int, Shard>(_byIndex);
        foreach (var shard in changed)
            next[shard.Index] = shard;
        return new ShardMap(next.Values);
    }

    public ShardMap Without(IReadOnlySet<int> indexes) => new(All.Where(shard => !indexes.Contains(shard.Index)));
}
