using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>UpdateStreamWarmThroughput</c> answers.</summary>
public sealed record UpdateStreamWarmThroughputResponse
{
    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>What an on-demand stream takes at once.</summary>
    public WarmThroughput? WarmThroughput { get; init; }
}
