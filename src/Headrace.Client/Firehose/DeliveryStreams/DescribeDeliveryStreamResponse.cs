namespace Headrace.Client.Firehose;

/// <summary>What <c>DescribeDeliveryStream</c> answers.</summary>
public sealed record DescribeDeliveryStreamResponse
{
    /// <summary>The delivery stream.</summary>
    public required DeliveryStreamDescription DeliveryStreamDescription { get; init; }
}
