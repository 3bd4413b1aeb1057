using System.Text.Json;
using Headrace.Delivery;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

/// <summary>
/// The cold parse of PutRecord and PutRecordBatch, for bodies that the hot one would not take: finds every fault in AWS's
/// words, or, where the body is valid after all, gives its records.
/// </summary>
internal static class PutRecordBatchCheck
{
    public static string Many(MemberReader members, PutRecordBatchBody into)
    {
        var name = FirehosePatterns.ReadName(members);
        var records = members.Structures("Records", required: true, min: 1, max: DeliveryLimits.MaxBatchRecords, shown: Shown)?.Select(ReadData).ToList();
        members.ThrowIfInvalid();
        foreach (var data in records!)
            into.Add(data);
        return name!;
    }

    public static string One(MemberReader members, PutRecordBatchBody into)
    {
        var name = FirehosePatterns.ReadName(members);
        var record = members.Structure("Record", required: true);
        var data = record is null ? null : ReadData(record);
        members.ThrowIfInvalid();
        into.Add(data);
        return name!;
    }

    /// <summary>Holds a batch against the service's limit.</summary>
    public static void Size(PutRecordBatchBody body)
    {
        if (body.TotalBytes > DeliveryLimits.MaxBatchBytes)
            throw new WireException(400, "InvalidArgumentException", "Records size exceeds 4 MB limit");
    }

    /// <summary>A record as AWS's messages show it.</summary>
    private static string Shown(JsonElement record)
    {
        var data = "null";
        if (record.ValueKind == JsonValueKind.Object && record.TryGetProperty("Data", out var given) && given.ValueKind == JsonValueKind.String && given.TryGetBytesFromBase64(out var bytes))
            data = $"java.nio.HeapByteBuffer[pos=0 lim={bytes.Length} cap={bytes.Length}]";
        return record.ValueKind == JsonValueKind.Null ? "null" : $"Record(data={data})";
    }

    private static byte[]? ReadData(MemberReader record) => record.Blob("Data", required: true, max: DeliveryLimits.MaxRecordBytes);
}
