using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>A registered consumer and its stream.</summary>
public sealed record ConsumerDescription
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

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public required string StreamArn { get; init; }
}
