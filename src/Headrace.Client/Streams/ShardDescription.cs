namespace Headrace.Client;

/// <summary>A shard as ListShards tells it. Hash keys are decimal 128-bit numbers, inclusive on both ends.</summary>
/// <param name="EndingSequenceNumber">Null while the shard is open.</param>
public sealed record ShardDescription(
    string ShardId, string? ParentShardId, string? AdjacentParentShardId, string StartingHashKey, string EndingHashKey,
    string StartingSequenceNumber, string? EndingSequenceNumber);
