using System.Text;
using Headrace.Protocol.Cbor;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Iterators;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis;

/// <summary>GetRecords' answer in CBOR.</summary>
internal readonly struct GetRecordsCbor : IGetRecordsFormat
{
    public static int PartBytes => 48 * 1024;

    public static void AppendStart(PooledBuffer piece)
    {
        piece.BeginMap();
        piece.AppendText("Records"u8);
        piece.BeginArray();
    }

    public static void AppendEnd(PooledBuffer end, ShardReading reading)
    {
        end.EndContainer();
        end.AppendText("MillisBehindLatest"u8);
        end.AppendInteger(reading.MillisBehindLatest);
        if (reading.NextIterator is { } next)
        {
            end.AppendText("NextShardIterator"u8);
            end.AppendText(Encoding.ASCII.GetBytes(next));
        }
        if (reading.ChildShards.Count > 0)
            RecordCborWriting.AppendChildShards(end, reading.ChildShards);
        end.EndContainer();
    }

    public static long LengthOf(PooledBuffer scratch, bool first, Shard shard, RecordView record, EncryptionHistory encryption)
    {
        var start = scratch.Length;
        // What stands around the data is short enough to be tried.
        RecordCborWriting.AppendBeforeData(scratch, shard, record);
        RecordCborWriting.AppendAfterData(scratch, record, encryption);
        return scratch.Length - start + record.Data.Length;
    }

    public static void AppendBeforeData(PooledBuffer piece, bool first, Shard shard, RecordView record) => RecordCborWriting.AppendBeforeData(piece, shard, record);

    public static void AppendData(PooledBuffer piece, ReadOnlySpan<byte> part) => piece.Append(part);

    public static void AppendAfterData(PooledBuffer piece, RecordView record, EncryptionHistory encryption) => RecordCborWriting.AppendAfterData(piece, record, encryption);
}
