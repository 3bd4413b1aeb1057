using System.Buffers.Binary;
using Headrace.ShardLog;
using Headrace.Streams.Puts;

namespace Headrace.Streams.Invocations;

/// <summary>
/// The note that a put leaves in the log, in the same frame as its records and so exactly as durable: a record of a shard that
/// no stream has, whose key is the call's id and whose data says for each shard (little-endian) its index (4), how many of the
/// call's records it took (4) and the position of the first (8). What was refused is told in the same form: the reason's number, made
/// negative, stands for the shard, and the first record's place in the call for the position. See docs/log-format.md.
/// </summary>
internal static class InvocationNote
{
    /// <summary>The log's shard that holds the notes; a stream's own shards are counted from 0.</summary>
    public const int Shard = int.MaxValue;

    public const int KeyLength = 16;
    private const int CountOffset = 4;
    private const int FirstOffset = 8;
    private const int RunLength = 16;

    /// <summary>Adds the note to a batch whose records have their shards; the append completes it.</summary>
    public static void AddTo(RecordBatch batch, Guid id) => AddTo(batch, id, Runs(batch));

    /// <summary>Adds the note to a batch of those records of a call that were not refused.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="id">The call's id.</param>
    /// <param name="refused">The call's other records.</param>
    /// <param name="records">Records that the call has.</param>
    public static void AddTo(RecordBatch batch, Guid id, RefusedRecords refused, int records) => AddTo(batch, id, [.. Runs(batch), .. Runs(refused, records)]);

    private static void AddTo(RecordBatch batch, Guid id, List<ShardRun> runs)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        id.TryWriteBytes(key);
        var data = batch.BeginRecord(Shard, key, runs.Count * RunLength);
        for (var i = 0; i < runs.Count; i++)
        {
            var run = data[(i * RunLength)..];
            BinaryPrimitives.WriteInt32LittleEndian(run, runs[i].Shard);
            BinaryPrimitives.WriteInt32LittleEndian(run[CountOffset..], runs[i].Count);
            // Until positions are known, which of the batch's records is the run's first.
            BinaryPrimitives.WriteInt64LittleEndian(run[FirstOffset..], runs[i].First);
        }
        batch.EndRecord(runs.Count * RunLength);
        batch.Placed = Complete;
    }

    /// <summary>Takes the note, the batch's last record, off again.</summary>
    public static void RemoveFrom(RecordBatch batch)
    {
        batch.Placed = null;
        batch.RemoveLast();
    }

    /// <summary>What a completed note says.</summary>
    public static ShardRun[] Read(ReadOnlySpan<byte> data)
    {
        var runs = new ShardRun[data.Length / RunLength];
        for (var i = 0; i < runs.Length; i++)
        {
            var run = data[(i * RunLength)..];
            runs[i] = new ShardRun(
                BinaryPrimitives.ReadInt32LittleEndian(run),
                BinaryPrimitives.ReadInt64LittleEndian(run[FirstOffset..]),
                BinaryPrimitives.ReadInt32LittleEndian(run[CountOffset..]));
        }
        return runs;
    }

    /// <summary>The batch's records by shard; <see cref="ShardRun.First"/> is the first one's place in the batch.</summary>
    private static List<ShardRun> Runs(RecordBatch batch)
    {
        var runs = new List<ShardRun>(4);
        for (var i = 0; i < batch.Count; i++)
        {
            var shard = batch.ShardOf(i);
            var at = runs.FindIndex(run => run.Shard == shard);
            if (at < 0)
                runs.Add(new ShardRun(shard, i, 1));
            else
                runs[at] = runs[at] with { Count = runs[at].Count + 1 };
        }
        return runs;
    }

    /// <summary>The call's refused records, those that follow one another for the same reason together.</summary>
    private static List<ShardRun> Runs(RefusedRecords refused, int records)
    {
        var runs = new List<ShardRun>();
        for (var i = 0; i < records; i++)
        {
            if (refused[i] == RecordRefusal.None)
                continue;
            if (runs.Count > 0 && runs[^1] is var last && last.Refusal == refused[i] && last.First + last.Count == i)
                runs[^1] = last with { Count = last.Count + 1 };
            else
                runs.Add(new ShardRun(-(int)refused[i], i, 1));
        }
        return runs;
    }

    private static void Complete(RecordBatch batch)
    {
        var data = batch.DataOf(batch.Count - 1);
        for (; data.Length > 0; data = data[RunLength..])
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(data) < 0)
                continue;
            var first = (int)BinaryPrimitives.ReadInt64LittleEndian(data[FirstOffset..]);
            BinaryPrimitives.WriteInt64LittleEndian(data[FirstOffset..], batch.PositionOf(first));
        }
    }
}
