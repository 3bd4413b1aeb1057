using System.Text;
using Headrace.Protocol.Cbor;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis;

/// <summary>What <see cref="PutRecordsAnswer"/> writes, in CBOR. An entry has room in <see cref="PutRecordsAnswer.MaxEntryBytes"/> too.</summary>
internal static class PutRecordsCborAnswer
{
    public static void WriteMany(PooledBuffer answer, RecordBatch batch, ShardMap map, EncryptionHistory encryption)
    {
        answer.BeginMap();
        answer.AppendText("FailedRecordCount"u8);
        answer.AppendInteger(0);
        answer.AppendText("Records"u8);
        answer.BeginArray();
        for (var i = 0; i < batch.Count; i++)
        {
            answer.BeginMap();
            WriteEntry(answer, batch, i, map);
            answer.EndContainer();
        }
        answer.EndContainer();
        WriteEncryption(answer, batch, encryption);
        answer.EndContainer();
    }

    public static void WriteOne(PooledBuffer answer, RecordBatch batch, ShardMap map, EncryptionHistory encryption)
    {
        answer.BeginMap();
        WriteEntry(answer, batch, 0, map);
        WriteEncryption(answer, batch, encryption);
        answer.EndContainer();
    }

    /// <summary>Writes a record's place, without the map around it.</summary>
    private static void WriteEntry(PooledBuffer answer, RecordBatch batch, int record, ShardMap map)
    {
        var shard = map.Find(batch.ShardOf(record))!;
        answer.AppendText("SequenceNumber"u8);
        answer.AppendTextHead(SequenceNumber.Digits);
        answer.AppendSequenceNumber(SequenceNumber.OfRecord(shard, batch.PositionOf(record), batch.ArrivalUnixMs));
        answer.AppendText("ShardId"u8);
        answer.AppendTextHead(shard.Id.Length);
        answer.Advance(Encoding.ASCII.GetBytes(shard.Id, answer.GetSpan(shard.Id.Length)));
    }

    private static void WriteEncryption(PooledBuffer answer, RecordBatch batch, EncryptionHistory encryption)
    {
        if (!encryption.Covers(batch.ArrivalUnixMs))
            return;
        answer.AppendText("EncryptionType"u8);
        answer.AppendText("KMS"u8);
    }
}
