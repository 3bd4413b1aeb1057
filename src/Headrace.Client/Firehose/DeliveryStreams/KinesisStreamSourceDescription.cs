using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>A data stream that is read.</summary>
public sealed record KinesisStreamSourceDescription
{
    /// <summary>The data stream.</summary>
    [JsonPropertyName("KinesisStreamARN")]
    public string? KinesisStreamArn { get; init; }

    /// <summary>The role to act as.</summary>
    [JsonPropertyName("RoleARN")]
    public string? RoleArn { get; init; }

    /// <summary>When reading began.</summary>
    public DateTimeOffset? DeliveryStartTimestamp { get; init; }
}
