namespace Headrace.Client.Kinesis;

/// <summary>What <c>GetShardIterator</c> answers.</summary>
public sealed record GetShardIteratorResponse
{
    /// <summary>Where in a shard to read.</summary>
    public string? ShardIterator { get; init; }
}
