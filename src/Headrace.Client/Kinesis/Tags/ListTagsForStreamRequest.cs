using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>ListTagsForStream</c> is asked.</summary>
public sealed record ListTagsForStreamRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>The key behind which the list goes on.</summary>
    public string? ExclusiveStartTagKey { get; init; }

    /// <summary>How many to answer at most. 1 to 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
