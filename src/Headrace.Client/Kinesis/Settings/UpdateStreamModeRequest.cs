using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>UpdateStreamMode</c> is asked.</summary>
public sealed record UpdateStreamModeRequest
{
    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public required string StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }

    /// <summary>Whether the stream scales by itself.</summary>
    public required StreamModeDetails StreamModeDetails { get; init; }

    /// <summary>What an on-demand stream takes at once, in MiB a second.</summary>
    public int? WarmThroughputMiBps { get; init; }
}
