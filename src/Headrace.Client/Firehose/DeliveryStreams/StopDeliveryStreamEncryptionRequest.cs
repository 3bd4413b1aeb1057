namespace Headrace.Client.Firehose;

/// <summary>What <c>StopDeliveryStreamEncryption</c> is asked.</summary>
public sealed record StopDeliveryStreamEncryptionRequest
{
    /// <summary>The delivery stream.</summary>
    public required string DeliveryStreamName { get; init; }
}
