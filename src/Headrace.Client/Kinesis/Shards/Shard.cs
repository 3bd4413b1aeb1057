namespace Headrace.Client.Kinesis;

/// <summary>A shard: a range of hash keys for as long as it is open.</summary>
public sealed record Shard
{
    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>The shard that it was split from, or one of those that it was merged from.</summary>
    public string? ParentShardId { get; init; }

    /// <summary>The other one that it was merged from.</summary>
    public string? AdjacentParentShardId { get; init; }

    /// <summary>The hash keys that it takes.</summary>
    public required HashKeyRange HashKeyRange { get; init; }

    /// <summary>The sequence numbers that it has.</summary>
    public required SequenceNumberRange SequenceNumberRange { get; init; }
}
