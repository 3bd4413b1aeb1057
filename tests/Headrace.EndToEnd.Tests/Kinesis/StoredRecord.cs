using System.Numerics;
using System.Text.Json;

namespace Headrace.EndToEnd.Tests.Kinesis;

/// <summary>A record as GetRecords answers it.</summary>
internal sealed record StoredRecord(string ShardId, string SequenceNumber, string PartitionKey, byte[] Data)
{
    public BigInteger Number { get; } = BigInteger.Parse(SequenceNumber, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A string member of the record's JSON.</summary>
    public string Member(string name)
    {
        using var document = JsonDocument.Parse(Data);
        return document.RootElement.GetProperty(name).GetString()!;
    }
}
