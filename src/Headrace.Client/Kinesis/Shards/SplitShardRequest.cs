using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>SplitShard</c> is asked.</summary>
public sealed record SplitShardRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>The shard.</summary>
    public required string ShardToSplit { get; init; }

    /// <summary>Where the second child begins, decimal.</summary>
    public required string NewStartingHashKey { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
