namespace Headrace.Client.Firehose;

/// <summary>What <c>TagDeliveryStream</c> is asked.</summary>
public sealed record TagDeliveryStreamRequest
{
    /// <summary>The delivery stream.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>Tags. 1 to 50 of them.</summary>
    public required IReadOnlyList<Tag> Tags { get; init; }
}
