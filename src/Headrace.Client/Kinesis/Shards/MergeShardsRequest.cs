using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>MergeShards</c> is asked.</summary>
public sealed record MergeShardsRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>The one shard.</summary>
    public required string ShardToMerge { get; init; }

    /// <summary>The other one, whose hash keys begin or end beside it.</summary>
    public required string AdjacentShardToMerge { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
