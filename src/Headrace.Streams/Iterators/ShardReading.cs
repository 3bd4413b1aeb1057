namespace Headrace.Streams.Iterators;

/// <summary>What one GetRecords found besides the records.</summary>
/// <param name="Stream">The stream read from.</param>
/// <param name="Shard">The shard read from.</param>
/// <param name="NextIterator">Where to go on; null when the shard is closed and was read to its end.</param>
/// <param name="MillisBehindLatest">How far the reader is from the shard's tip, in milliseconds.</param>
/// <param name="ChildShards">At the end of a closed shard, the shards that follow it.</param>
public sealed record ShardReading(DataStream Stream, Shard Shard, string? NextIterator, long MillisBehindLatest, IReadOnlyList<Shard> ChildShards);
