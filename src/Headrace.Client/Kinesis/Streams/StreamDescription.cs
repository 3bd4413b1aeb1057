using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>A stream with a page of its shards.</summary>
public sealed record StreamDescription
{
    /// <summary>The stream, by its name.</summary>
    public required string StreamName { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public required string StreamArn { get; init; }

    /// <summary>Its state: <c>CREATING</c>, <c>DELETING</c>, <c>ACTIVE</c> or <c>UPDATING</c>.</summary>
    public required string StreamStatus { get; init; }

    /// <summary>Whether the stream scales by itself.</summary>
    public StreamModeDetails? StreamModeDetails { get; init; }

    /// <summary>The shards.</summary>
    public required IReadOnlyList<Shard> Shards { get; init; }

    /// <summary>Whether there are more shards behind these.</summary>
    public required bool HasMoreShards { get; init; }

    /// <summary>How long records are kept, in hours.</summary>
    public required int RetentionPeriodHours { get; init; }

    /// <summary>When the stream was created.</summary>
    public required DateTimeOffset StreamCreationTimestamp { get; init; }

    /// <summary>Which metrics of shards are on.</summary>
    public required IReadOnlyList<EnhancedMetrics> EnhancedMonitoring { get; init; }

    /// <summary>How records are kept: <c>NONE</c> or <c>KMS</c>.</summary>
    public string? EncryptionType { get; init; }

    /// <summary>The key that records are encrypted with.</summary>
    public string? KeyId { get; init; }
}
