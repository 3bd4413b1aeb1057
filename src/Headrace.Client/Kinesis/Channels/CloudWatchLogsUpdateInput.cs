namespace Headrace.Client.Kinesis;

/// <summary>A log for errors from now on.</summary>
public sealed record CloudWatchLogsUpdateInput
{
    /// <summary>Whether errors are logged.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The log group; a name made of the channel otherwise.</summary>
    public string? LogGroupName { get; init; }

    /// <summary>The log stream.</summary>
    public string? LogStreamName { get; init; }
}
