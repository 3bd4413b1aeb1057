namespace Headrace.ShardLog;

/// <summary>The log on local files.</summary>
public sealed class SegmentedLog
{
    /// <summary>Opens or creates a log, recovering its tail; what was dropped is in <paramref name="report"/>.</summary>
    public static IShardLog Open(LogOptions options, out RecoveryReport report) => throw new NotSupportedException();
}
