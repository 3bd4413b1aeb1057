namespace Headrace.Client.Kinesis;

/// <summary>What changes of the bucket that a channel delivers into.</summary>
public sealed record S3DestinationUpdateInput
{
    /// <summary>The longest that a record waits for its delivery, in seconds.</summary>
    public required int DataFreshnessInSeconds { get; init; }
}
