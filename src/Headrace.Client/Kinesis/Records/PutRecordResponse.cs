namespace Headrace.Client.Kinesis;

/// <summary>What <c>PutRecord</c> answers.</summary>
public sealed record PutRecordResponse
{
    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>The record's place in its shard.</summary>
    public required string SequenceNumber { get; init; }

    /// <summary>How records are kept: <c>NONE</c> or <c>KMS</c>.</summary>
    public string? EncryptionType { get; init; }
}
