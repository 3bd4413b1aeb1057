using Headrace.ShardLog;
using Headrace.Streams.Puts;

namespace Headrace.Streams.Invocations;

/// <summary>
/// The note that a put leaves in the log, in the same frame as its records and so exactly as durable: a record of a shard that
/// no stream has, whose key is the call's id and whose data are the put's <see cref="ShardRun"/>s. See docs/log-format.md.
/// </summary>
internal static class InvocationNote
{
    /// <summary>The log's shard that holds the notes; a stream's own shards are counted from 0.</summary>
    public const int Shard = int.MaxValue;

    public const int KeyLength = 16;

    /// <summary>Adds the note to a batch whose records have their shards; the append completes it.</summary>
    public static void AddTo(RecordBatch batch, Guid id) => AddTo(batch, id, ShardRun.Of(batch));

    /// <summary>Adds the note to a batch of those records of a call that were not refused.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="id">The call's id.</param>
    /// <param name="refused">The call's other records.</param>
    /// <param name="records">Records that the call has.</param>
    public static void AddTo(RecordBatch batch, Guid id, RefusedRecords refused, int records) => AddTo(batch, id, [.. ShardRun.Of(batch), .. ShardRun.Of(refused, records)]);

    private static void AddTo(RecordBatch batch, Guid id, List<ShardRun> runs)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        id.TryWriteBytes(key);
        ShardRun.Write(batch.BeginRecord(Shard, key, runs.Count * ShardRun.Length), runs);
        batch.EndRecord(runs.Count * ShardRun.Length);
        batch.Placed = Complete;
    }

    /// <summary>Takes the note, the batch's last record, off again.</summary>
    public static void RemoveFrom(RecordBatch batch)
    {
        batch.Placed = null;
        batch.RemoveLast();
    }

    private static void Complete(RecordBatch batch) => ShardRun.Complete(batch.DataOf(batch.Count - 1), batch);
}
