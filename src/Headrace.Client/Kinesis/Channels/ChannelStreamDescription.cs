using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>A stream that a channel reads.</summary>
public sealed record ChannelStreamDescription
{
    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public required string StreamArn { get; init; }

    /// <summary>When the stream was created.</summary>
    public required DateTimeOffset StreamCreationTimestamp { get; init; }

    /// <summary>What its records are.</summary>
    public required RecordConfiguration RecordConfiguration { get; init; }
}
