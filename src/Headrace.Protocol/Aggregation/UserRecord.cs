using System.Text;
using Headrace.Protocol.HashKeys;

namespace Headrace.Protocol.Aggregation;

/// <summary>One of an aggregate's records: what its producer was given. It refers to the aggregate's bytes and is valid as long as they are.</summary>
/// <param name="PartitionKey">In UTF-8.</param>
/// <param name="ExplicitHashKey">In decimal digits; empty when the record has none.</param>
/// <param name="Data">What the record says.</param>
public readonly record struct UserRecord(ReadOnlyMemory<byte> PartitionKey, ReadOnlyMemory<byte> ExplicitHashKey, ReadOnlyMemory<byte> Data)
{
    /// <summary>The partition key as text.</summary>
    public string PartitionKeyText => Encoding.UTF8.GetString(PartitionKey.Span);

    /// <summary>Where the record belongs among the hash keys: by its explicit hash key, or by its partition key.</summary>
    public UInt128 HashKey =>
        ExplicitHashKey.Length > 0 && PartitionKeyHash.TryParse(ExplicitHashKey.Span, out var hashKey) ? hashKey : PartitionKeyHash.Of(PartitionKey.Span);
}
