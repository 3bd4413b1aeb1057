namespace Headrace.Client.Firehose;

/// <summary>Where errors are logged.</summary>
public sealed record CloudWatchLoggingOptions
{
    /// <summary>Whether it is on.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The log group.</summary>
    public string? LogGroupName { get; init; }

    /// <summary>The log stream.</summary>
    public string? LogStreamName { get; init; }
}
