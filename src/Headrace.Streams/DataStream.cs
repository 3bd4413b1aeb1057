using Headrace.ControlPlane;
using Headrace.ShardLog;

namespace Headrace.Streams;

public enum StreamStatus
{
    Creating,
    Active,
    Updating,
    Deleting,
}

/// <summary>One data stream: its state, its shards, its log. Thread-safe; what it shows is a snapshot.</summary>
public sealed class DataStream
{
    public AccountScope Scope { get; }

    public string Name { get; } = "";

    public string Arn { get; } = "";

    public StreamStatus Status { get; }

    /// <summary>All shards, closed ones included, by index.</summary>
    public IReadOnlyList<Shard> Shards { get; } = [];

    public IShardLog Log { get; } = null!;
}
