namespace Headrace.Client;

/// <summary>A shard that a worker has taken.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="Checkpoint">How far it was handled before; its next record comes first.</param>
public sealed record ShardAssignment(string Stream, string ShardId, LeaseCheckpoint Checkpoint);
