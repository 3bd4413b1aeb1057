namespace Headrace.Client.Firehose;

/// <summary>What <c>PutRecordBatch</c> is asked.</summary>
public sealed record PutRecordBatchRequest
{
    /// <summary>The delivery stream.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>The records. 1 to 500 of them.</summary>
    public required IReadOnlyList<Record> Records { get; init; }
}
