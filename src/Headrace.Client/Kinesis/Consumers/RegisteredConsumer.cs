using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>A consumer that has records pushed.</summary>
public sealed record RegisteredConsumer
{
    /// <summary>The consumer, by its name.</summary>
    public required string ConsumerName { get; init; }

    /// <summary>The consumer, by its ARN.</summary>
    [JsonPropertyName("ConsumerARN")]
    public required string ConsumerArn { get; init; }

    /// <summary>Its state: <c>CREATING</c>, <c>DELETING</c> or <c>ACTIVE</c>.</summary>
    public required string ConsumerStatus { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset ConsumerCreationTimestamp { get; init; }
}
