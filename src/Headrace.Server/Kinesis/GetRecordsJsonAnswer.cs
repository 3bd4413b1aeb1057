using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Headrace.ShardLog;
using Headrace.Streams.Iterators;

namespace Headrace.Server.Kinesis;

/// <summary>GetRecords' answer in JSON.</summary>
internal sealed class GetRecordsJsonAnswer(ShardReading reading, RecordPage page) : GetRecordsAnswer(reading, page, PartBytes)
{
    /// <summary>Whole groups of three, so that the parts' Base64 joins without padding.</summary>
    private const int PartBytes = 24 * 1024;

    protected override void AppendStart(PooledBuffer piece) => piece.Append("{\"Records\":["u8);

    protected override void AppendEnd(PooledBuffer end)
    {
        end.Append("],\"MillisBehindLatest\":"u8);
        end.AppendNumber(Reading.MillisBehindLatest);
        if (Reading.NextIterator is { } next)
        {
            // Base64 needs no escaping.
            end.Append(",\"NextShardIterator\":\""u8);
            end.Append(Encoding.ASCII.GetBytes(next));
            end.Append("\""u8);
        }
        if (Reading.ChildShards.Count > 0)
            AppendChildShards(end);
        end.Append("}"u8);
    }

    protected override long LengthOf(PooledBuffer scratch, RecordView record, bool first)
    {
        const int comma = 1;
        var start = scratch.Length;
        // What differs in length from record to record; all but the data is short enough to be tried.
        scratch.AppendTimestamp(record.ArrivalUnixMs);
        RecordWriting.AppendKeyAndEncryption(scratch, record, Encryption);
        return RecordWriting.FixedLength - (first ? comma : 0) + scratch.Length - start + Base64.GetMaxEncodedToUtf8Length(record.Data.Length);
    }

    protected override void AppendBeforeData(PooledBuffer piece, RecordView record, bool first) => RecordWriting.AppendBeforeData(piece, first, Reading.Shard, record);

    protected override void AppendData(PooledBuffer piece, ReadOnlySpan<byte> part) => piece.AppendBase64(part);

    protected override void AppendAfterData(PooledBuffer piece, RecordView record) => RecordWriting.AppendAfterData(piece, record, Encryption);

    private void AppendChildShards(PooledBuffer end)
    {
        end.Append(",\"ChildShards\":"u8);
        using var writer = new Utf8JsonWriter(end);
        writer.WriteStartArray();
        foreach (var child in Reading.ChildShards)
            writer.WriteChildShard(child);
        writer.WriteEndArray();
    }
}
