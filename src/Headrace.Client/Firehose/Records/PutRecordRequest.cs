namespace Headrace.Client.Firehose;

/// <summary>What <c>PutRecord</c> is asked.</summary>
public sealed record PutRecordRequest
{
    /// <summary>The delivery stream.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>The record.</summary>
    public required Record Record { get; init; }
}
