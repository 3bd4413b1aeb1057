using Headrace.Streams.Puts;

namespace Headrace.Streams.Invocations;

/// <summary>The records of one put that went into one shard, where they stand one after another; or some that were refused.</summary>
/// <param name="Shard">The shard's index; for refused records the negative number of the reason.</param>
/// <param name="First">The first one's position; for refused records its place in the put.</param>
/// <param name="Count">How many they are.</param>
internal readonly record struct ShardRun(int Shard, long First, int Count)
{
    public bool IsRefused => Shard < 0;

    /// <summary>Why they were refused.</summary>
    public RecordRefusal Refusal => IsRefused ? (RecordRefusal)(-Shard) : RecordRefusal.None;
}
