namespace Headrace.Client.Kinesis;

/// <summary>Tables that a channel is to deliver into; Headrace has none.</summary>
public sealed record S3TablesDestinationConfiguration
{
    /// <summary>The longest that a record waits for its delivery, in seconds.</summary>
    public int? DataFreshnessInSeconds { get; init; }

    /// <summary>Where records go that cannot be delivered.</summary>
    public required DeadLetterQueueS3Configuration DeadLetterQueueS3Configuration { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<S3TablesConfiguration> S3TablesConfigurationList { get; init; }
}
