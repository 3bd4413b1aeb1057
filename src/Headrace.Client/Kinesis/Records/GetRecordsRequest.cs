using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>GetRecords</c> is asked.</summary>
public sealed record GetRecordsRequest
{
    /// <summary>Where in a shard to read.</summary>
    public required string ShardIterator { get; init; }

    /// <summary>How many to answer at most. 1 to 10,000.</summary>
    public int? Limit { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }

    /// <summary>Check the call and change or read nothing.</summary>
    public bool? DryRun { get; init; }
}
