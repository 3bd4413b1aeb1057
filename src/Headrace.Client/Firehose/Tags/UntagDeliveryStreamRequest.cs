namespace Headrace.Client.Firehose;

/// <summary>What <c>UntagDeliveryStream</c> is asked.</summary>
public sealed record UntagDeliveryStreamRequest
{
    /// <summary>The delivery stream.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>Keys of the tags to remove. 1 to 50 of them.</summary>
    public required IReadOnlyList<string> TagKeys { get; init; }
}
