using System.Collections.Concurrent;
using Headrace.ShardLog;
using Headrace.Streams.Puts;

namespace Headrace.Streams.Limits;

/// <summary>What the shards of one stream take and give, in whatever mode it is: a stream's share is its shards'. Thread-safe.</summary>
internal sealed class StreamShares(TimeProvider time)
{
    private readonly ConcurrentDictionary<int, ShardShare> _shards = new();

    /// <summary>Refuses the records of a routed batch that their shards don't take now.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="refused">Those that are refused already; null: none.</param>
    public RefusedRecords? Admit(RecordBatch batch, RefusedRecords? refused)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (refused is not null && refused[i] != RecordRefusal.None)
                continue;
            if (!Takes(batch, i))
                (refused ??= new RefusedRecords(batch.Count)).Refuse(i, RecordRefusal.ThroughputExceeded);
        }
        return refused;
    }

    /// <summary>Whether a routed batch's record is taken by its shard now, of whose share it then is a part.</summary>
    public bool Takes(RecordBatch batch, int record) => Of(batch.ShardOf(record)).TryWrite(batch.SizeOf(record));

    public ShardShare Of(int shard) => _shards.GetOrAdd(shard, static (_, time) => new ShardShare(time), time);

    /// <summary>Forgets shards that have gone.</summary>
    public void Forget(IEnumerable<int> shards)
    {
        foreach (var shard in shards)
            _shards.TryRemove(shard, out _);
    }
}
