using System.Text;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis;

/// <summary>Writes the answers of PutRecord and PutRecords byte by byte: they are as hot as the puts.</summary>
internal static class PutRecordsAnswer
{
    /// <summary>Room that one entry needs at most.</summary>
    public const int MaxEntryBytes = 128;

    private static ReadOnlySpan<byte> Encrypted => ",\"EncryptionType\":\"KMS\"}"u8;

    public static void WriteMany(PooledBuffer answer, RecordBatch batch, ShardMap map, EncryptionHistory encryption)
    {
        answer.Append("{\"FailedRecordCount\":0,\"Records\":["u8);
        for (var i = 0; i < batch.Count; i++)
        {
            answer.Append(i == 0 ? "{"u8 : ",{"u8);
            WriteEntry(answer, batch, i, map);
            answer.Append("}"u8);
        }
        answer.Append("]"u8);
        answer.Append(encryption.Covers(batch.ArrivalUnixMs) ? Encrypted : "}"u8);
    }

    public static void WriteOne(PooledBuffer answer, RecordBatch batch, ShardMap map, EncryptionHistory encryption)
    {
        answer.Append("{"u8);
        WriteEntry(answer, batch, 0, map);
        answer.Append(encryption.Covers(batch.ArrivalUnixMs) ? Encrypted : "}"u8);
    }

    /// <summary>Writes a record's place, without the braces.</summary>
    public static void WriteEntry(PooledBuffer answer, RecordBatch batch, int record, ShardMap map)
    {
        var shard = map.Find(batch.ShardOf(record))!;
        answer.Append("\"SequenceNumber\":\""u8);
        answer.AppendSequenceNumber(SequenceNumber.OfRecord(shard, batch.PositionOf(record), batch.ArrivalUnixMs));
        answer.Append("\",\"ShardId\":\""u8);
        answer.Advance(Encoding.ASCII.GetBytes(shard.Id, answer.GetSpan(shard.Id.Length)));
        answer.Append("\""u8);
    }
}
