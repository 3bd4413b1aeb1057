using System.Buffers.Binary;
using Headrace.ShardLog;

namespace Headrace.Streams.Invocations;

/// <summary>
/// The note that a put leaves in the log, in the same frame as its records and so exactly as durable: a record of a shard that
/// no stream has, whose key is the call's id and whose data says for each shard (little-endian) its index (4), how many of the
/// call's records it took (4) and the position of the first (8). See docs/log-format.md.
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
    public static void AddTo(RecordBatch batch, Guid id)
    {
        var runs = Runs(batch);
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

    private static void Complete(RecordBatch batch)
    {
        var data = batch.DataOf(batch.Count - 1);
        for (; data.Length > 0; data = data[RunLength..])
        {
            var first = (int)BinaryPrimitives.ReadInt64LittleEndian(data[FirstOffset..]);
            BinaryPrimitives.WriteInt64LittleEndian(data[FirstOffset..], batch.PositionOf(first));
        }
    }
}
