using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>A stream whose channels are asked for.</summary>
public sealed record StreamFilter
{
    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public required string StreamArn { get; init; }

    /// <summary>When the stream was created.</summary>
    public DateTimeOffset? StreamCreationTimestamp { get; init; }
}
