using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>A stream that a channel is to read.</summary>
public sealed record ChannelStreamConfiguration
{
    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public required string StreamArn { get; init; }

    /// <summary>What its records are.</summary>
    public required RecordConfiguration RecordConfiguration { get; init; }
}
