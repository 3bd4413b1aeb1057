using Headrace.Files;

namespace Headrace.ShardLog;

/// <summary>When an append is answered.</summary>
public enum Durability
{
    /// <summary>After the disk confirmed it: survives power loss.</summary>
    Fsync,

    /// <summary>After the operating system took it: survives the death of the process, not of the machine.</summary>
    Os,
}

/// <summary>How a log is kept. Immutable.</summary>
public sealed record LogOptions
{
    /// <summary>The log's own directory; created when missing.</summary>
    public required string Directory { get; init; }

    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>A segment is closed when it has reached so many bytes.</summary>
    public long SegmentBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>A segment is closed when its first record is so old, so that retention can give it back.</summary>
    public TimeSpan SegmentAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Where frames are kept in memory for readers; logs may share it.</summary>
    public LogMemory Memory { get; init; } = new(LogMemory.DefaultBytes);

    /// <summary>
    /// Frames of so many bytes are written past the system's cache, in whole blocks: that saves a copy, and the disk takes them faster.
    /// </summary>
    public int DirectBytes { get; init; } = 128 * 1024;

    public IDisk Disk { get; init; } = LocalDisk.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
