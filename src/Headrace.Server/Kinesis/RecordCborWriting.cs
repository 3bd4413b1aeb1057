using System.Text.Json;
using Headrace.Protocol.Cbor;
using Headrace.Server.AwsCbor;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis;

/// <summary>Appends one record as the CBOR that GetRecords and SubscribeToShard answer; its data stands between the two parts.</summary>
internal static class RecordCborWriting
{
    /// <summary>What stands before a record's data.</summary>
    public static void AppendBeforeData(PooledBuffer cbor, Shard shard, RecordView record)
    {
        cbor.BeginMap();
        cbor.AppendText("SequenceNumber"u8);
        cbor.AppendTextHead(SequenceNumber.Digits);
        cbor.AppendSequenceNumber(SequenceNumber.OfRecord(shard, record.Position, record.ArrivalUnixMs));
        cbor.AppendText("ApproximateArrivalTimestamp"u8);
        cbor.AppendTime(record.ArrivalUnixMs);
        cbor.AppendText("Data"u8);
        cbor.AppendBytesHead(record.Data.Length);
    }

    /// <summary>What stands behind a record's data.</summary>
    public static void AppendAfterData(PooledBuffer cbor, RecordView record, EncryptionHistory encryption)
    {
        if (!record.Key.IsEmpty)
        {
            cbor.AppendText("PartitionKey"u8);
            cbor.AppendText(record.Key);
        }
        if (encryption.Covers(record.ArrivalUnixMs))
        {
            cbor.AppendText("EncryptionType"u8);
            cbor.AppendText("KMS"u8);
        }
        cbor.EndContainer();
    }

    /// <summary>The member that names a drained shard's children.</summary>
    public static void AppendChildShards(PooledBuffer cbor, IReadOnlyList<Shard> children)
    {
        using var json = new PooledBuffer(1024);
        using (var writer = new Utf8JsonWriter(json))
            writer.WriteChildShards(children);
        cbor.AppendText("ChildShards"u8);
        JsonToCbor.Transcode(json.WrittenSpan, KinesisService.CborMembers, cbor);
    }
}
