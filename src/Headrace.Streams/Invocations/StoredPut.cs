using Headrace.ShardLog;
using Headrace.Streams.Puts;

namespace Headrace.Streams.Invocations;

/// <summary>Where the records of a put are, and which of them were refused. Immutable.</summary>
internal sealed class StoredPut(ShardRun[] runs, long arrivalUnixMs)
{
    private readonly ShardRun[] _stored = Array.FindAll(runs, static run => !run.IsRefused);
    private readonly ShardRun[] _refused = Array.FindAll(runs, static run => run.IsRefused);

    /// <summary>
    /// Gives a batch the places that its records already have. False when it is not this put again: another number of records,
    /// or others by their hash keys; the batch's places mean nothing then.
    /// </summary>
    /// <param name="batch">The records.</param>
    /// <param name="hashKeys">Each one's hash key.</param>
    /// <param name="map">The shards now.</param>
    /// <param name="refused">The records that were refused then; null: none.</param>
    public bool TryGive(RecordBatch batch, ReadOnlySpan<UInt128> hashKeys, ShardMap map, out RefusedRecords? refused)
    {
        if (!TryRefuse(hashKeys.Length, out refused))
            return false;
        var ranges = new HashKeyRange[_stored.Length];
        for (var i = 0; i < ranges.Length; i++)
        {
            // By the shards of then: since, they may have been split or merged, or even have expired.
            if (map.Find(_stored[i].Shard) is not { } shard)
                return false;
            ranges[i] = shard.Range;
        }
        var given = new int[_stored.Length];
        for (var i = 0; i < hashKeys.Length; i++)
        {
            if (refused is not null && refused[i] != RecordRefusal.None)
                continue;
            var hashKey = hashKeys[i];
            var at = Array.FindIndex(ranges, range => range.Contains(hashKey));
            if (at < 0 || given[at] == _stored[at].Count)
                return false;
            batch.SetPlace(i, _stored[at].Shard, _stored[at].First + given[at]++);
        }
        if (given.Sum() != _stored.Sum(static run => run.Count))
            return false;
        batch.ArrivalUnixMs = arrivalUnixMs;
        return true;
    }

    private bool TryRefuse(int records, out RefusedRecords? refused)
    {
        refused = _refused.Length == 0 ? null : new RefusedRecords(records);
        foreach (var run in _refused)
        {
            if (run.First + run.Count > records)
                return false;
            for (var i = 0; i < run.Count; i++)
                refused!.Refuse((int)run.First + i, run.Refusal);
        }
        return true;
    }
}
