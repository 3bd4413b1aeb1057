namespace Headrace.Client.Kinesis;

/// <summary>A range of a shard's sequence numbers.</summary>
public sealed record SequenceNumberRange
{
    /// <summary>The lowest that a record of the shard can have.</summary>
    public required string StartingSequenceNumber { get; init; }

    /// <summary>The highest that a record of the shard has; null while it is open.</summary>
    public string? EndingSequenceNumber { get; init; }
}
