using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>EnableEnhancedMonitoring</c> is asked.</summary>
public sealed record EnableEnhancedMonitoringRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>Names of metrics, or <c>ALL</c>. 1 to 7 of them.</summary>
    public required IReadOnlyList<string> ShardLevelMetrics { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
