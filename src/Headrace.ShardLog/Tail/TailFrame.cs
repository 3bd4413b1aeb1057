using Headrace.ShardLog.Committing;
using Headrace.ShardLog.Frames;

namespace Headrace.ShardLog.Tail;

/// <summary>A durable frame kept in pooled memory until its last user lets go of it. Thread-safe.</summary>
internal sealed class TailFrame(FrameMemory memory, int length, ShardSpan[] shards, long timeUnixMs)
{
    private int _users = 1;

    public int Length => length;

    public long TimeUnixMs => timeUnixMs;

    public ReadOnlySpan<ShardSpan> Shards => shards;

    public ReadOnlySpan<byte> Records => memory.Span[FrameHeader.Length..length];

    public void Use() => Interlocked.Increment(ref _users);

    public void LetGo()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            memory.Return();
    }
}
