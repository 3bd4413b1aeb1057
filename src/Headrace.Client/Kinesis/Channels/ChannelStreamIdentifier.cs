using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>A stream that a channel reads, without what its records are.</summary>
public sealed record ChannelStreamIdentifier
{
    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public required string StreamArn { get; init; }

    /// <summary>When the stream was created.</summary>
    public required DateTimeOffset StreamCreationTimestamp { get; init; }
}
