namespace Headrace.Client;

/// <summary>What a subscription pushes at a time.</summary>
/// <param name="Records">The records; none while the shard is quiet.</param>
/// <param name="ContinuationSequenceNumber">The number after which a later subscription goes on; null: the shard was closed and this was its last event.</param>
/// <param name="MillisBehindLatest">How far behind the shard's tip the event is.</param>
/// <param name="ChildShards">With the last event, the shards that go on.</param>
public sealed record SubscribeToShardEvent(
    IReadOnlyList<StreamRecord> Records, string? ContinuationSequenceNumber, long MillisBehindLatest, IReadOnlyList<ChildShard> ChildShards);
