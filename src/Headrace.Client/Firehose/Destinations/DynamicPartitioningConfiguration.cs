namespace Headrace.Client.Firehose;

/// <summary>Whether records are delivered by keys found in them.</summary>
public sealed record DynamicPartitioningConfiguration
{
    /// <summary>How long failures are tried again.</summary>
    public RetryOptions? RetryOptions { get; init; }

    /// <summary>Whether it is on.</summary>
    public bool? Enabled { get; init; }
}
