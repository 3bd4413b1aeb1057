namespace Headrace.Client.Firehose;

/// <summary>What <c>StartDeliveryStreamEncryption</c> is asked.</summary>
public sealed record StartDeliveryStreamEncryptionRequest
{
    /// <summary>The delivery stream.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>How records are encrypted while they wait.</summary>
    public DeliveryStreamEncryption? DeliveryStreamEncryptionConfigurationInput { get; init; }
}
