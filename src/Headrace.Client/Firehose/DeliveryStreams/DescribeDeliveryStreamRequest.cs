namespace Headrace.Client.Firehose;

/// <summary>What <c>DescribeDeliveryStream</c> is asked.</summary>
public sealed record DescribeDeliveryStreamRequest
{
    /// <summary>The delivery stream.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>How many to answer at most. 1 to 10,000.</summary>
    public int? Limit { get; init; }

    /// <summary>The destination behind which the list goes on.</summary>
    public string? ExclusiveStartDestinationId { get; init; }
}
