using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>UpdateStreamRecordDistributionStrategy</c> is asked.</summary>
public sealed record UpdateStreamRecordDistributionStrategyRequest
{
    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public required string StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }

    /// <summary>How records are given their shards: <c>AUTO</c> or <c>USER_PARTITION_KEY</c>.</summary>
    public required string RecordDistributionStrategy { get; init; }
}
