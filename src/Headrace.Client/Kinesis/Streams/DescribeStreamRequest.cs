using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>DescribeStream</c> is asked.</summary>
public sealed record DescribeStreamRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>How many to answer at most. 1 to 10,000.</summary>
    public int? Limit { get; init; }

    /// <summary>The shard behind which the list goes on.</summary>
    public string? ExclusiveStartShardId { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
