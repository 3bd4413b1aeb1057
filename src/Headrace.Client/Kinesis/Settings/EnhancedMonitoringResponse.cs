using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>Which metrics of shards were and are on.</summary>
public sealed record EnhancedMonitoringResponse
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>The metrics that were on before.</summary>
    public IReadOnlyList<string>? CurrentShardLevelMetrics { get; init; }

    /// <summary>The metrics that are on after the call.</summary>
    public IReadOnlyList<string>? DesiredShardLevelMetrics { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }
}
