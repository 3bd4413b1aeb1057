using System.Globalization;
using Headrace.Protocol.HashKeys;
using Headrace.Server.AwsJson;
using Headrace.Streams;

namespace Headrace.Server.Kinesis;

/// <summary>
/// The cold parse of PutRecord and PutRecords, for bodies that the hot one would not take: finds every fault in AWS's words,
/// or, where the body is valid after all, gives its records.
/// </summary>
internal static class PutRecordsCheck
{
    private const int MaxDataBytes = 10_485_760;

    /// <summary>Fills in the body.</summary>
    /// <param name="members">The request's members.</param>
    /// <param name="into">Takes them.</param>
    /// <param name="single">Whether the request is itself the one record.</param>
    /// <param name="keyIsOptional">Whether the stream so named takes records without a partition key.</param>
    public static void Read(MemberReader members, PutRecordsBody into, bool single, Func<(string? Name, string? Arn), bool> keyIsOptional)
    {
        (into.StreamName, into.StreamArn) = StreamReference.Read(members);
        var keyRequired = !keyIsOptional(into.Given);
        var read = single
            ? [ReadEntry(members, keyRequired)]
            : members.Structures("Records", required: true, min: 1, max: StreamLimits.MaxPutRecords, shown: PutRecordsEntryHash.Show)?.Select(entry => ReadEntry(entry, keyRequired)).ToList();
        if (single)
            into.OrderingNumber = members.String("SequenceNumberForOrdering", pattern: KinesisPatterns.SequenceNumber);
        into.DryRun = DryRun.Read(members);
        members.ThrowIfInvalid();
        foreach (var (data, key, hashKey) in read!)
            into.Add(data!, key ?? "", ParseHashKey(hashKey));
    }

    /// <summary>Holds the records against the stream's own limits.</summary>
    public static void Sizes(PutRecordsBody body, DataStream stream)
    {
        if (body.LargestBytes > stream.MaxRecordBytes)
        {
            throw new WireException(
                400,
                "InvalidArgumentException",
                string.Create(CultureInfo.InvariantCulture, $"A record of {body.LargestBytes} bytes (data and partition key) exceeds the maximum record size of {stream.MaxRecordBytes} bytes of stream {stream.Name} under account {stream.Scope.AccountId}."));
        }
        if (body.TotalBytes > StreamLimits.MaxPutRecordsBytes)
            throw new WireException(400, "InvalidArgumentException", "Records size exceeds 10 MB limit");
    }

    private static (byte[]? Data, string? Key, string? HashKey) ReadEntry(MemberReader entry, bool keyRequired) => (
        entry.Blob("Data", required: true, max: MaxDataBytes),
        entry.String("PartitionKey", required: keyRequired, min: 1, max: 256),
        entry.String("ExplicitHashKey", pattern: KinesisPatterns.HashKey));

    private static UInt128? ParseHashKey(string? text)
    {
        if (text is null)
            return null;
        return PartitionKeyHash.TryParse(text, out var hashKey)
            ? hashKey
            : throw new WireException(400, "InvalidArgumentException", $"Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was {text}");
    }
}
