namespace Headrace.Client.Kinesis;

/// <summary>A log for errors.</summary>
public sealed record CloudWatchLogs
{
    /// <summary>Whether errors are logged.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The log group; a name made of the channel otherwise.</summary>
    public string? LogGroupName { get; init; }

    /// <summary>The log stream.</summary>
    public string? LogStreamName { get; init; }
}
