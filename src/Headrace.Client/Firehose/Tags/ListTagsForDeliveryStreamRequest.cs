namespace Headrace.Client.Firehose;

/// <summary>What <c>ListTagsForDeliveryStream</c> is asked.</summary>
public sealed record ListTagsForDeliveryStreamRequest
{
    /// <summary>The delivery stream.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>The key behind which the list goes on.</summary>
    public string? ExclusiveStartTagKey { get; init; }

    /// <summary>How many to answer at most. 1 to 50.</summary>
    public int? Limit { get; init; }
}
