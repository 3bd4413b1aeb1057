namespace Headrace.Streams;

/// <summary>One shard of a stream. Immutable.</summary>
/// <param name="Index">Its number in the stream and in the stream's log.</param>
/// <param name="Range">The hash keys that it takes.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="ParentIndex">The shard that it was split or merged from.</param>
/// <param name="AdjacentParentIndex">The second parent of a merge.</param>
/// <param name="ClosedEnd">For a closed shard, one past the position of its last record; null while it is open.</param>
public sealed record Shard(int Index, HashKeyRange Range, DateTimeOffset CreatedAt, int? ParentIndex, int? AdjacentParentIndex, long? ClosedEnd)
{
    public string Id { get; } = $"shardId-{Index:D12}";

    public bool IsOpen => ClosedEnd is null;
}
