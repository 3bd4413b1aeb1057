namespace Headrace.Client.Kinesis;

/// <summary>A bucket that a channel is to deliver into.</summary>
public sealed record S3DestinationConfiguration
{
    /// <summary>The longest that a record waits for its delivery, in seconds.</summary>
    public int? DataFreshnessInSeconds { get; init; }

    /// <summary>Where records go that cannot be delivered; the same bucket otherwise.</summary>
    public DeadLetterQueueS3Configuration? DeadLetterQueueS3Configuration { get; init; }

    /// <summary>What is written, and where.</summary>
    public required S3StorageConfiguration StorageConfiguration { get; init; }
}
