namespace Headrace.Client.Kinesis;

/// <summary>Tables that a channel delivers into.</summary>
public sealed record S3TablesDestinationDescription
{
    /// <summary>The longest that a record waits for its delivery, in seconds.</summary>
    public required int DataFreshnessInSeconds { get; init; }

    /// <summary>Where records go that cannot be delivered.</summary>
    public required DeadLetterQueueS3Configuration DeadLetterQueueS3Configuration { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<S3TablesConfiguration> S3TablesConfigurationList { get; init; }
}
