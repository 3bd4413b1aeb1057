using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>UpdateShardCount</c> answers.</summary>
public sealed record UpdateShardCountResponse
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>How many open shards there are now.</summary>
    public int? CurrentShardCount { get; init; }

    /// <summary>How many open shards there shall be.</summary>
    public int? TargetShardCount { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }
}
