using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>GetShardIterator</c> is asked.</summary>
public sealed record GetShardIteratorRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>The shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>What the position is told by: <c>AT_SEQUENCE_NUMBER</c>, <c>AFTER_SEQUENCE_NUMBER</c>, <c>TRIM_HORIZON</c>, <c>LATEST</c> or <c>AT_TIMESTAMP</c>.</summary>
    public required string ShardIteratorType { get; init; }

    /// <summary>The sequence number to read at or after.</summary>
    public string? StartingSequenceNumber { get; init; }

    /// <summary>The time to read from.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }

    /// <summary>Check the call and change or read nothing.</summary>
    public bool? DryRun { get; init; }
}
