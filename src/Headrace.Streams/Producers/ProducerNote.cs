using System.Buffers.Binary;
using System.Text;
using Headrace.ShardLog;
using Headrace.Streams.Invocations;

namespace Headrace.Streams.Producers;

/// <summary>
/// The note that a numbered put leaves in the log, in the same frame as its records: both are durable or neither. Its key is the
/// producer's name; its data (little-endian) are the put's first and last number (8 each), the length of the producer's own text (2;
/// 65535: there is none), that text (UTF-8), and the put's <see cref="ShardRun"/>s. See docs/log-format.md.
/// </summary>
internal static class ProducerNote
{
    /// <summary>The log's shard that holds the notes; a stream's own shards are counted from 0.</summary>
    public const int Shard = int.MaxValue - 1;

    private const int LastOffset = 8;
    private const int TextLengthOffset = 16;
    private const int TextOffset = 18;
    private const ushort NoText = ushort.MaxValue;

    /// <summary>Adds the note to a batch whose records have their shards; the append completes it.</summary>
    public static void AddTo(RecordBatch batch, NumberedPut put, long first, long last)
    {
        var runs = ShardRun.Of(batch);
        var text = put.Position is { } position ? Encoding.UTF8.GetBytes(position) : [];
        var length = TextOffset + text.Length + (runs.Count * ShardRun.Length);
        var data = batch.BeginRecord(Shard, Encoding.UTF8.GetBytes(put.Producer), length);
        BinaryPrimitives.WriteInt64LittleEndian(data, first);
        BinaryPrimitives.WriteInt64LittleEndian(data[LastOffset..], last);
        BinaryPrimitives.WriteUInt16LittleEndian(data[TextLengthOffset..], put.Position is null ? NoText : (ushort)text.Length);
        text.CopyTo(data[TextOffset..]);
        ShardRun.Write(data[(TextOffset + text.Length)..], runs);
        batch.EndRecord(length);
        batch.Placed = Complete;
    }

    /// <summary>Takes the note, the batch's last record, off again.</summary>
    public static void RemoveFrom(RecordBatch batch)
    {
        batch.Placed = null;
        batch.RemoveLast();
    }

    /// <summary>What a completed note says.</summary>
    public static ProducerStanding Read(ReadOnlySpan<byte> data, long arrivalUnixMs)
    {
        var text = data.Slice(TextOffset, TextLength(data));
        return new ProducerStanding(
            BinaryPrimitives.ReadInt64LittleEndian(data[LastOffset..]),
            BinaryPrimitives.ReadUInt16LittleEndian(data[TextLengthOffset..]) == NoText ? null : Encoding.UTF8.GetString(text),
            arrivalUnixMs)
        {
            First = BinaryPrimitives.ReadInt64LittleEndian(data),
            Runs = ShardRun.Read(data[(TextOffset + text.Length)..]),
        };
    }

    private static int TextLength(ReadOnlySpan<byte> data) =>
        BinaryPrimitives.ReadUInt16LittleEndian(data[TextLengthOffset..]) is var length and not NoText ? length : 0;

    private static void Complete(RecordBatch batch)
    {
        var data = batch.DataOf(batch.Count - 1);
        ShardRun.Complete(data[(TextOffset + TextLength(data))..], batch);
    }
}
