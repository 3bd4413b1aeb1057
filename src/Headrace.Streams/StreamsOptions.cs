using Headrace.Files;
using Headrace.ShardLog;

namespace Headrace.Streams;

/// <summary>How data streams are kept. Immutable.</summary>
public sealed record StreamsOptions
{
    /// <summary>Where the streams' logs live.</summary>
    public required string Directory { get; init; }

    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>Shards an account may have open at once, over all its streams.</summary>
    public int ShardLimit { get; init; } = 10_000;

    /// <summary>Whether calls, streams and shards are held to AWS's limits.</summary>
    public bool EnforceLimits { get; init; }

    /// <summary>How long CREATING, UPDATING and DELETING last.</summary>
    public TimeSpan StateDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Where the logs keep frames in memory for readers.</summary>
    public LogMemory LogMemory { get; init; } = new(LogMemory.DefaultBytes);

    public IDisk Disk { get; init; } = LocalDisk.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
