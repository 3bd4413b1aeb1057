using System.Buffers.Binary;
using Headrace.ShardLog;
using Headrace.Streams.Puts;

namespace Headrace.Streams.Invocations;

/// <summary>
/// The records of one put that went into one shard, where they stand one after another; or some that were refused. In a note,
/// little-endian: the shard's index (4), how many of the call's records it took (4) and the position of the first (8).
/// </summary>
/// <param name="Shard">The shard's index; for refused records the negative number of the reason.</param>
/// <param name="First">The first one's position; for refused records its place in the put.</param>
/// <param name="Count">How many they are.</param>
internal readonly record struct ShardRun(int Shard, long First, int Count)
{
    /// <summary>Bytes of a run in a note.</summary>
    public const int Length = 16;

    private const int CountOffset = 4;
    private const int FirstOffset = 8;

    public bool IsRefused => Shard < 0;

    /// <summary>Why they were refused.</summary>
    public RecordRefusal Refusal => IsRefused ? (RecordRefusal)(-Shard) : RecordRefusal.None;

    /// <summary>A batch's records by shard; until positions are known, <see cref="First"/> is the first one's place in the batch.</summary>
    public static List<ShardRun> Of(RecordBatch batch)
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

    /// <summary>A call's refused records, those that follow one another for the same reason together.</summary>
    public static List<ShardRun> Of(RefusedRecords refused, int records)
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

    public static void Write(Span<byte> into, IReadOnlyList<ShardRun> runs)
    {
        foreach (var run in runs)
        {
            BinaryPrimitives.WriteInt32LittleEndian(into, run.Shard);
            BinaryPrimitives.WriteInt32LittleEndian(into[CountOffset..], run.Count);
            BinaryPrimitives.WriteInt64LittleEndian(into[FirstOffset..], run.First);
            into = into[Length..];
        }
    }

    /// <summary>Puts the positions that the batch's records have got into runs written by <see cref="Write"/>.</summary>
    public static void Complete(Span<byte> runs, RecordBatch batch)
    {
        for (; runs.Length > 0; runs = runs[Length..])
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(runs) < 0)
                continue;
            var first = (int)BinaryPrimitives.ReadInt64LittleEndian(runs[FirstOffset..]);
            BinaryPrimitives.WriteInt64LittleEndian(runs[FirstOffset..], batch.PositionOf(first));
        }
    }

    public static ShardRun[] Read(ReadOnlySpan<byte> data)
    {
        var runs = new ShardRun[data.Length / Length];
        for (var i = 0; i < runs.Length; i++)
        {
            var run = data[(i * Length)..];
            runs[i] = new ShardRun(
                BinaryPrimitives.ReadInt32LittleEndian(run),
                BinaryPrimitives.ReadInt64LittleEndian(run[FirstOffset..]),
                BinaryPrimitives.ReadInt32LittleEndian(run[CountOffset..]));
        }
        return runs;
    }
}
