namespace Headrace.Client.Kinesis;

/// <summary>Where a channel's errors are logged.</summary>
public sealed record ChannelLoggingConfiguration
{
    /// <summary>The log.</summary>
    public required CloudWatchLogs CloudWatchLogs { get; init; }
}
