using System.Globalization;
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

    public static (string? Name, string? Arn) Many(MemberReader members, PutRecordsBody into)
    {
        var given = StreamReference.Read(members);
        var entries = members.Structures("Records", required: true, min: 1, max: StreamLimits.MaxPutRecords);
        var read = entries?.Select(entry => ReadEntry(entry)).ToList();
        members.ThrowIfInvalid();
        foreach (var (data, key, hashKey) in read!)
            into.Add(data!, key!, ParseHashKey(hashKey));
        return given;
    }

    public static (string? Name, string? Arn) One(MemberReader members, PutRecordsBody into)
    {
        var given = StreamReference.Read(members);
        var (data, key, hashKey) = ReadEntry(members);
        members.String("SequenceNumberForOrdering", pattern: KinesisPatterns.SequenceNumber);
        members.ThrowIfInvalid();
        into.Add(data!, key!, ParseHashKey(hashKey));
        return given;
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

    private static (byte[]? Data, string? Key, string? HashKey) ReadEntry(MemberReader entry) => (
        entry.Blob("Data", required: true, max: MaxDataBytes),
        entry.String("PartitionKey", required: true, min: 1, max: 256),
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
