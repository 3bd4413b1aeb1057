namespace Headrace.Client.Firehose;

/// <summary>How long failures are tried again.</summary>
public sealed record RetryOptions
{
    /// <summary>For how long, in seconds. At most 7,200.</summary>
    public int? DurationInSeconds { get; init; }
}
