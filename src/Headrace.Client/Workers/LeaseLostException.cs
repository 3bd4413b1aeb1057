namespace Headrace.Client;

/// <summary>A worker no longer has a shard's lease: another one goes on from the last checkpoint.</summary>
public sealed class LeaseLostException(string shardId) : Exception($"the lease of {shardId} is another worker's now")
{
    /// <summary>The shard.</summary>
    public string ShardId { get; } = shardId;
}
