using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>UpdateShardCount</c> is asked.</summary>
public sealed record UpdateShardCountRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>How many open shards there shall be.</summary>
    public required int TargetShardCount { get; init; }

    /// <summary>How shards are resized: <c>UNIFORM_SCALING</c>.</summary>
    public required string ScalingType { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
