namespace Headrace.Streams.Subscriptions;

/// <summary>What one event of a subscription says besides its records.</summary>
/// <param name="Shard">The shard subscribed to, as it is now.</param>
/// <param name="Continuation">The number to subscribe after so as to go on behind this event; null at the shard's end.</param>
/// <param name="MillisBehindLatest">How far the event is from the shard's tip, in milliseconds.</param>
/// <param name="ChildShards">At the shard's end, the shards that follow it.</param>
public readonly record struct PushedEvent(Shard Shard, SequenceNumber? Continuation, long MillisBehindLatest, IReadOnlyList<Shard> ChildShards);
