namespace Headrace.Streams.Invocations;

/// <summary>The records of one put that went into one shard: they stand there one after another.</summary>
/// <param name="Shard">The shard's index.</param>
/// <param name="First">The first one's position.</param>
/// <param name="Count">How many they are.</param>
internal readonly record struct ShardRun(int Shard, long First, int Count);
