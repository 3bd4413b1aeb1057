using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>DeregisterStreamConsumer</c> is asked.</summary>
public sealed record DeregisterStreamConsumerRequest
{
    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The consumer, by its name.</summary>
    public string? ConsumerName { get; init; }

    /// <summary>The consumer, by its ARN.</summary>
    [JsonPropertyName("ConsumerARN")]
    public string? ConsumerArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
