using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>ListStreamConsumers</c> is asked.</summary>
public sealed record ListStreamConsumersRequest
{
    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public required string StreamArn { get; init; }

    /// <summary>Where an earlier page said that the list goes on.</summary>
    public string? NextToken { get; init; }

    /// <summary>How many to answer at most. 1 to 10,000.</summary>
    public int? MaxResults { get; init; }

    /// <summary>When the stream was created.</summary>
    public DateTimeOffset? StreamCreationTimestamp { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }
}
