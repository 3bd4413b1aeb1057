namespace Headrace.Client.Firehose;

/// <summary>What <c>DeleteDeliveryStream</c> is asked.</summary>
public sealed record DeleteDeliveryStreamRequest
{
    /// <summary>The delivery stream.</summary>
    public required string DeliveryStreamName { get; init; }

    /// <summary>Delete it also where its key cannot be given back.</summary>
    public bool? AllowForceDelete { get; init; }
}
