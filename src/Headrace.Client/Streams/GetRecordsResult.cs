namespace Headrace.Client;

/// <summary>One page of a shard.</summary>
/// <param name="NextShardIterator">Null when the shard is closed and wholly read.</param>
public sealed record GetRecordsResult(
    IReadOnlyList<StreamRecord> Records, string? NextShardIterator, long MillisBehindLatest, IReadOnlyList<ChildShard> ChildShards);
