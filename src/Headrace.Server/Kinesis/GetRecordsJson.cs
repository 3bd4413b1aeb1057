using System.Buffers.Text;
using System.Text;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Iterators;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis;

/// <summary>GetRecords' answer in JSON.</summary>
internal readonly struct GetRecordsJson : IGetRecordsFormat
{
    /// <summary>Whole groups of three, so that the parts' Base64 joins without padding.</summary>
    public static int PartBytes => 24 * 1024;

    public static void AppendStart(PooledBuffer piece) => piece.Append("{\"Records\":["u8);

    public static void AppendEnd(PooledBuffer end, ShardReading reading)
    {
        end.Append("],\"MillisBehindLatest\":"u8);
        end.AppendNumber(reading.MillisBehindLatest);
        if (reading.NextIterator is { } next)
        {
            // Base64 needs no escaping.
            end.Append(",\"NextShardIterator\":\""u8);
            end.Append(Encoding.ASCII.GetBytes(next));
            end.Append("\""u8);
        }
        if (reading.ChildShards.Count > 0)
            RecordWriting.AppendChildShards(end, reading.ChildShards);
        end.Append("}"u8);
    }

    public static long LengthOf(PooledBuffer scratch, bool first, Shard shard, RecordView record, EncryptionHistory encryption)
    {
        const int comma = 1;
        var start = scratch.Length;
        // What differs in length from record to record; all but the data is short enough to be tried.
        scratch.AppendTimestamp(record.ArrivalUnixMs);
        RecordWriting.AppendKeyAndEncryption(scratch, record, encryption);
        return RecordWriting.FixedLength - (first ? comma : 0) + scratch.Length - start + Base64.GetMaxEncodedToUtf8Length(record.Data.Length);
    }

    public static void AppendBeforeData(PooledBuffer piece, bool first, Shard shard, RecordView record) => RecordWriting.AppendBeforeData(piece, first, shard, record);

    public static void AppendData(PooledBuffer piece, ReadOnlySpan<byte> part) => piece.AppendBase64(part);

    public static void AppendAfterData(PooledBuffer piece, RecordView record, EncryptionHistory encryption) => RecordWriting.AppendAfterData(piece, record, encryption);
}
