using System.Text;
using Headrace.Server.AwsCbor;
using Headrace.ShardLog;
using Headrace.Streams.Iterators;

namespace Headrace.Server.Kinesis;

/// <summary>GetRecords' answer in CBOR.</summary>
internal sealed class GetRecordsCborAnswer(ShardReading reading, RecordPage page) : GetRecordsAnswer(reading, page, PieceBytes)
{
    protected override void AppendStart(PooledBuffer piece)
    {
        piece.BeginMap();
        piece.AppendText("Records"u8);
        piece.BeginArray();
    }

    protected override void AppendEnd(PooledBuffer end)
    {
        end.EndContainer();
        end.AppendText("MillisBehindLatest"u8);
        end.AppendInteger(Reading.MillisBehindLatest);
        if (Reading.NextIterator is { } next)
        {
            end.AppendText("NextShardIterator"u8);
            end.AppendText(Encoding.ASCII.GetBytes(next));
        }
        if (Reading.ChildShards.Count > 0)
            RecordCborWriting.AppendChildShards(end, Reading.ChildShards);
        end.EndContainer();
    }

    protected override long LengthOf(PooledBuffer scratch, RecordView record, bool first)
    {
        var start = scratch.Length;
        // What stands around the data is short enough to be tried.
        RecordCborWriting.AppendBeforeData(scratch, Reading.Shard, record);
        RecordCborWriting.AppendAfterData(scratch, record, Encryption);
        return scratch.Length - start + record.Data.Length;
    }

    protected override void AppendBeforeData(PooledBuffer piece, RecordView record, bool first) => RecordCborWriting.AppendBeforeData(piece, Reading.Shard, record);

    protected override void AppendData(PooledBuffer piece, ReadOnlySpan<byte> part) => piece.Append(part);

    protected override void AppendAfterData(PooledBuffer piece, RecordView record) => RecordCborWriting.AppendAfterData(piece, record, Encryption);
}
