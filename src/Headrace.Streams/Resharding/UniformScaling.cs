namespace Headrace.Streams.Resharding;

/// <summary>
/// The splits and merges that leave a stream with a number of equally large shards. Shards are only ever split in two or merged from
/// two, so some are opened only to be closed at once, as AWS's own scaling does: they never take a record, and a reader passes
/// through them from parent to child.
/// </summary>
internal sealed class UniformScaling
{
    /// <summary>More than rounding can amount to, and nothing beside the smallest shard's range.</summary>
    private static readonly UInt128 Rounding = 1UL << 40;

    private readonly DateTimeOffset _now;
    private readonly Func<Shard, long> _endOf;
    private readonly SortedDictionary<int, Shard> _changed = [];
    private int _next;

    private UniformScaling(ShardMap map, DateTimeOffset now, Func<Shard, long> endOf)
    {
        _now = now;
        _endOf = endOf;
        _next = map.All[^1].Index + 1;
    }

    /// <summary>Plans the way from a stream's shards to <paramref name="target"/> ones.</summary>
    /// <param name="map">The shards now.</param>
    /// <param name="target">Open shards wanted, at least 1.</param>
    /// <param name="now">When it happens.</param>
    /// <param name="endOf">One past the position of the last record of a shard that is open now.</param>
    /// <returns>The shards that change or are new, by index; none where the open shards already are as wanted.</returns>
    public static IReadOnlyCollection<Shard> Plan(ShardMap map, int target, DateTimeOffset now, Func<Shard, long> endOf)
    {
        var scaling = new UniformScaling(map, now, endOf);
        var pieces = new Queue<Shard>();
        var ranges = WantedRanges(map, target);
        foreach (var shard in map.Open)
            scaling.Cut(shard, ranges, pieces);
        foreach (var range in ranges)
            scaling.Join(range, pieces);
        return scaling._changed.Values;
    }

    /// <summary>
    /// Equal ranges, but for the few hash keys by which the rounding of one number of shards differs from that of another: where a
    /// shard begins as good as there, it stays.
    /// </summary>
    private static HashKeyRange[] WantedRanges(ShardMap map, int target)
    {
        var starts = HashKeyRange.Uniform(target).Select(range => range.Start).ToArray();
        foreach (var shard in map.Open)
        {
            var at = Array.BinarySearch(starts, shard.Range.Start);
            foreach (var nearest in at >= 0 ? [] : new[] { ~at - 1, ~at })
            {
                if (nearest > 0 && nearest < target && Distance(starts[nearest], shard.Range.Start) <= Rounding)
                    starts[nearest] = shard.Range.Start;
            }
        }
        return [.. starts.Select((start, i) => new HashKeyRange(start, i == target - 1 ? UInt128.MaxValue : starts[i + 1] - 1))];
    }

    private static UInt128 Distance(UInt128 one, UInt128 other) => one > other ? one - other : other - one;

    /// <summary>Splits a shard wherever a wanted range begins inside it.</summary>
    private void Cut(Shard shard, HashKeyRange[] ranges, Queue<Shard> pieces)
    {
        foreach (var range in ranges)
        {
            if (range.Start <= shard.Range.Start || range.Start > shard.Range.End)
                continue;
            Close(shard);
            pieces.Enqueue(Open(new HashKeyRange(shard.Range.Start, range.Start - 1), shard, null));
            shard = Open(new HashKeyRange(range.Start, shard.Range.End), shard, null);
        }
        pieces.Enqueue(shard);
    }

    /// <summary>Merges the pieces of a wanted range into one.</summary>
    private void Join(HashKeyRange range, Queue<Shard> pieces)
    {
        var whole = pieces.Dequeue();
        while (whole.Range.End < range.End)
        {
            var neighbour = pieces.Dequeue();
            Close(whole);
            Close(neighbour);
            whole = Open(new HashKeyRange(whole.Range.Start, neighbour.Range.End), whole, neighbour);
        }
    }

    private Shard Open(HashKeyRange range, Shard parent, Shard? adjacent)
    {
        var shard = new Shard(_next++, range, adjacent is null ? Shard.OpeningAfter(_now, parent) : Shard.OpeningAfter(_now, parent, adjacent), parent.Index, adjacent?.Index);
        _changed[shard.Index] = shard;
        return shard;
    }

    private void Close(Shard shard)
    {
        // One that was opened on the way has no records.
        var end = _changed.ContainsKey(shard.Index) ? 0 : _endOf(shard);
        _changed[shard.Index] = shard with { ClosedEnd = end, ClosedAt = _now };
    }
}
