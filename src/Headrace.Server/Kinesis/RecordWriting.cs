using System.Text.Json;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Settings;

namespace Headrace.Server.Kinesis;

/// <summary>Appends one record as the JSON that GetRecords and SubscribeToShard answer; its data stands between the two parts.</summary>
internal static class RecordWriting
{
    private static ReadOnlySpan<byte> BeforeNumber => "{\"SequenceNumber\":\""u8;

    private static ReadOnlySpan<byte> AfterNumber => "\",\"ApproximateArrivalTimestamp\":"u8;

    private static ReadOnlySpan<byte> AfterTimestamp => ",\"Data\":\""u8;

    /// <summary>Bytes of a record but those of its timestamp, key, encryption and Base64 data, with the comma before it.</summary>
    public static int FixedLength => ",}"u8.Length + BeforeNumber.Length + SequenceNumber.Digits + AfterNumber.Length + AfterTimestamp.Length + "\""u8.Length;

    /// <summary>What stands before a record's data; a comma first, unless it is the first of its list.</summary>
    public static void AppendBeforeData(PooledBuffer json, bool first, Shard shard, RecordView record)
    {
        if (!first)
            json.Append(","u8);
        json.Append(BeforeNumber);
        json.AppendSequenceNumber(SequenceNumber.OfRecord(shard, record.Position, record.ArrivalUnixMs));
        json.Append(AfterNumber);
        json.AppendTimestamp(record.ArrivalUnixMs);
        json.Append(AfterTimestamp);
    }

    /// <summary>What stands behind a record's data.</summary>
    public static void AppendAfterData(PooledBuffer json, RecordView record, EncryptionHistory encryption)
    {
        json.Append("\""u8);
        AppendKeyAndEncryption(json, record, encryption);
        json.Append("}"u8);
    }

    /// <summary>A record of a stream that distributes records itself may have no key; an unencrypted one doesn't speak of encryption.</summary>
    public static void AppendKeyAndEncryption(PooledBuffer json, RecordView record, EncryptionHistory encryption)
    {
        if (!record.Key.IsEmpty)
        {
            json.Append(",\"PartitionKey\":"u8);
            json.AppendString(record.Key);
        }
        if (encryption.Covers(record.ArrivalUnixMs))
            json.Append(",\"EncryptionType\":\"KMS\""u8);
    }

    /// <summary>The member that names a drained shard's children.</summary>
    public static void AppendChildShards(PooledBuffer json, IReadOnlyList<Shard> children)
    {
        json.Append(",\"ChildShards\":"u8);
        using var writer = new Utf8JsonWriter(json);
        writer.WriteChildShards(children);
    }
}
