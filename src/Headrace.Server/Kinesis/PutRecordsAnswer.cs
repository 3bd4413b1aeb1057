using System.Text;
using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

/// <summary>Writes the answers of PutRecord and PutRecords byte by byte: they are as hot as the puts.</summary>
internal static class PutRecordsAnswer
{
    /// <summary>Room that one entry needs at most.</summary>
    public const int MaxEntryBytes = 128;

    public static void WriteMany(PooledBuffer answer, RecordBatch batch, ShardMap map)
    {
        answer.Append("{\"FailedRecordCount\":0,\"Records\":["u8);
        for (var i = 0; i < batch.Count; i++)
        {
            answer.Append(i == 0 ? "{"u8 : ",{"u8);
            WriteEntry(answer, batch, i, map);
            answer.Append("}"u8);
        }
        answer.Append("]}"u8);
    }

    public static void WriteOne(PooledBuffer answer, RecordBatch batch, ShardMap map)
    {
        answer.Append("{"u8);
        WriteEntry(answer, batch, 0, map);
        answer.Append("}"u8);
    }

    private static void WriteEntry(PooledBuffer answer, RecordBatch batch, int record, ShardMap map)
    {
        var shard = map.Find(batch.ShardOf(record))!;
        var room = answer.GetSpan(MaxEntryBytes);
        var length = Put("\"SequenceNumber\":\""u8, room);
        length += SequenceNumber.OfRecord(shard, batch.PositionOf(record), batch.ArrivalUnixMs).Format(room[length..]);
        length += Put("\",\"ShardId\":\""u8, room[length..]);
        length += Encoding.ASCII.GetBytes(shard.Id, room[length..]);
        length += Put("\""u8, room[length..]);
        answer.Advance(length);
    }

    private static int Put(ReadOnlySpan<byte> text, Span<byte> room)
    {
        text.CopyTo(room);
        return text.Length;
    }
}
