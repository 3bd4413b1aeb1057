using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>PutRecord</c> is asked.</summary>
public sealed record PutRecordRequest
{
    /// <summary>The stream, by its name.</summary>
    public string? StreamName { get; init; }

    /// <summary>The data.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The key whose MD5 chooses the shard, of up to 256 characters.</summary>
    public required string PartitionKey { get; init; }

    /// <summary>A hash key that chooses the shard instead, decimal.</summary>
    public string? ExplicitHashKey { get; init; }

    /// <summary>The number of the record that this one follows.</summary>
    public string? SequenceNumberForOrdering { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }

    /// <summary>Check the call and change or read nothing.</summary>
    public bool? DryRun { get; init; }
}
