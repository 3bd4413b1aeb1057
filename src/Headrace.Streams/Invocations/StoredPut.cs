using Headrace.ShardLog;

namespace Headrace.Streams.Invocations;

/// <summary>Where the records of a put are. Immutable.</summary>
internal sealed class StoredPut(ShardRun[] runs, long arrivalUnixMs)
{
    /// <summary>
    /// Gives a batch the places that its records already have. False when it is not this put again: another number of records,
    /// or others by their hash keys; the batch's places mean nothing then.
    /// </summary>
    public bool TryGive(RecordBatch batch, ReadOnlySpan<UInt128> hashKeys, ShardMap map)
    {
        var ranges = new HashKeyRange[runs.Length];
        for (var i = 0; i < runs.Length; i++)
        {
            // By the shards of then: since, they may have been split or merged, or even have expired.
            if (map.Find(runs[i].Shard) is not { } shard)
                return false;
            ranges[i] = shard.Range;
        }
        var given = new int[runs.Length];
        for (var i = 0; i < hashKeys.Length; i++)
        {
            var hashKey = hashKeys[i];
            var at = Array.FindIndex(ranges, range => range.Contains(hashKey));
            if (at < 0 || given[at] == runs[at].Count)
                return false;
            batch.SetPlace(i, runs[at].Shard, runs[at].First + given[at]++);
        }
        if (given.Sum() != runs.Sum(static run => run.Count))
            return false;
        batch.ArrivalUnixMs = arrivalUnixMs;
        return true;
    }
}
