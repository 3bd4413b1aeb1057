using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>What <c>CreateDeliveryStream</c> answers.</summary>
public sealed record CreateDeliveryStreamResponse
{
    /// <summary>Its ARN.</summary>
    [JsonPropertyName("DeliveryStreamARN")]
    public string? DeliveryStreamArn { get; init; }
}
