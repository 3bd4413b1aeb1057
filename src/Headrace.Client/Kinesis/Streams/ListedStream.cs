using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>A stream in a list.</summary>
public sealed record ListedStream
{
    /// <summary>The stream, by its name.</summary>
    public required string StreamName { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public required string StreamArn { get; init; }

    /// <summary>Its state: <c>CREATING</c>, <c>DELETING</c>, <c>ACTIVE</c> or <c>UPDATING</c>.</summary>
    public required string StreamStatus { get; init; }

    /// <summary>Whether the stream scales by itself.</summary>
    public StreamModeDetails? StreamModeDetails { get; init; }

    /// <summary>When the stream was created.</summary>
    public DateTimeOffset? StreamCreationTimestamp { get; init; }
}
