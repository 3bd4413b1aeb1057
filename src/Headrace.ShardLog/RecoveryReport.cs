namespace Headrace.ShardLog;

/// <summary>What opening a log found.</summary>
/// <param name="Records">Records in the recovered part that was read (the newest segment).</param>
/// <param name="DroppedBytes">Bytes after the last whole frame that were cut off.</param>
/// <param name="Reason">Why they were cut off; null when nothing was.</param>
public sealed record RecoveryReport(long Records, long DroppedBytes, string? Reason);
