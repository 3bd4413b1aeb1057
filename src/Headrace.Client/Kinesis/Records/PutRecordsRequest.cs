using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>PutRecords</c> is asked.</summary>
public sealed record PutRecordsRequest
{
    /// <summary>The records. 1 to 500 of them.</summary>
    public required IReadOnlyList<PutRecordsEntry> Records { get; init; }

    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }

    /// <summary>Check the call and change or read nothing.</summary>
    public bool? DryRun { get; init; }
}
