using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

/// <summary>Appends one record as the JSON that GetRecords and SubscribeToShard answer; its data stands between the two parts.</summary>
internal static class RecordWriting
{
    private static ReadOnlySpan<byte> BeforeNumber => "{\"SequenceNumber\":\""u8;

    private static ReadOnlySpan<byte> AfterNumber => "\",\"ApproximateArrivalTimestamp\":"u8;

    private static ReadOnlySpan<byte> AfterTimestamp => ",\"Data\":\""u8;

    private static ReadOnlySpan<byte> AfterData => "\",\"PartitionKey\":"u8;

    /// <summary>Bytes of a record but those of its timestamp, key and Base64 data, with the comma before it.</summary>
    public static int FixedLength => ",}"u8.Length + BeforeNumber.Length + SequenceNumber.Digits + AfterNumber.Length + AfterTimestamp.Length + AfterData.Length;

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
    public static void AppendAfterData(PooledBuffer json, RecordView record)
    {
        json.Append(AfterData);
        json.AppendString(record.Key);
        json.Append("}"u8);
    }
}
