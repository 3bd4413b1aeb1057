namespace Headrace.Protocol.Aggregation;

/// <summary>
/// What the Kinesis Producer Library's aggregates consist of: four bytes of magic, a protobuf message, and the message's MD5. The
/// message (proto2) is <c>AggregatedRecord { repeated string partition_key_table = 1; repeated string explicit_hash_key_table = 2;
/// repeated Record records = 3; }</c> with <c>Record { required uint64 partition_key_index = 1; optional uint64
/// explicit_hash_key_index = 2; required bytes data = 3; repeated Tag tags = 4; }</c>.
/// </summary>
public static class AggregateFormat
{
    internal const int MagicLength = 4;
    internal const int DigestLength = 16;

    /// <summary>What magic and digest add to the message.</summary>
    public const int Overhead = MagicLength + DigestLength;

    // Field number and wire type: 0 is a varint, 2 has its length before it.
    internal const uint PartitionKeyTag = (1 << 3) | 2;
    internal const uint ExplicitHashKeyTag = (2 << 3) | 2;
    internal const uint RecordTag = (3 << 3) | 2;
    internal const uint PartitionKeyIndexTag = 1 << 3;
    internal const uint ExplicitHashKeyIndexTag = 2 << 3;
    internal const uint DataTag = (3 << 3) | 2;

    /// <summary>The bytes that an aggregate begins with.</summary>
    public static ReadOnlySpan<byte> Magic => [0xF3, 0x89, 0x9A, 0xC2];

    /// <summary>Whether a record's data begins as an aggregate does; whether it is one, only reading it tells.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> data) => data.Length > Overhead && data.StartsWith(Magic);
}
