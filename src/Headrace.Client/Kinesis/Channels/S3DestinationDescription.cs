namespace Headrace.Client.Kinesis;

/// <summary>A bucket that a channel delivers into.</summary>
public sealed record S3DestinationDescription
{
    /// <summary>The longest that a record waits for its delivery, in seconds.</summary>
    public required int DataFreshnessInSeconds { get; init; }

    /// <summary>Where records go that cannot be delivered.</summary>
    public required DeadLetterQueueS3Configuration DeadLetterQueueS3Configuration { get; init; }

    /// <summary>What is written, and where.</summary>
    public required S3StorageConfiguration StorageConfiguration { get; init; }
}
