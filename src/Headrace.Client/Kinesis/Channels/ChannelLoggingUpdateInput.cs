namespace Headrace.Client.Kinesis;

/// <summary>Where a channel's errors are logged from now on.</summary>
public sealed record ChannelLoggingUpdateInput
{
    /// <summary>The log.</summary>
    public required CloudWatchLogsUpdateInput CloudWatchLogs { get; init; }
}
