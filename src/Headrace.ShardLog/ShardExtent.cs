namespace Headrace.ShardLog;

/// <summary>The readable positions of a shard: <see cref="First"/> is the oldest retained, <see cref="End"/> one past the newest durable.</summary>
public readonly record struct ShardExtent(long First, long End)
{
    public bool IsEmpty => First == End;
}
