namespace Headrace.Client.Firehose;

/// <summary>What <c>ListDeliveryStreams</c> is asked.</summary>
public sealed record ListDeliveryStreamsRequest
{
    /// <summary>How many to answer at most. 1 to 10,000.</summary>
    public int? Limit { get; init; }

    /// <summary>Where its records come from: <c>DirectPut</c>, <c>KinesisStreamAsSource</c>, <c>MSKAsSource</c> or <c>DatabaseAsSource</c>.</summary>
    public string? DeliveryStreamType { get; init; }

    /// <summary>The name behind which the list goes on.</summary>
    public string? ExclusiveStartDeliveryStreamName { get; init; }
}
