using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>A stream without its shards.</summary>
public sealed record StreamDescriptionSummary
{
    /// <summary>The stream, by its name.</summary>
    public required string StreamName { get; init; }

    /// <summary>The stream, by its ARN.</summary>
    [JsonPropertyName("StreamARN")]
    public required string StreamArn { get; init; }

    /// <summary>The stream, by the id that no later stream of its name shares.</summary>
    public string? StreamId { get; init; }

    /// <summary>Its state: <c>CREATING</c>, <c>DELETING</c>, <c>ACTIVE</c> or <c>UPDATING</c>.</summary>
    public required string StreamStatus { get; init; }

    /// <summary>Whether the stream scales by itself.</summary>
    public StreamModeDetails? StreamModeDetails { get; init; }

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

    /// <summary>Open shards.</summary>
    public required int OpenShardCount { get; init; }

    /// <summary>How many consumers are registered.</summary>
    public int? ConsumerCount { get; init; }

    /// <summary>What an on-demand stream takes at once.</summary>
    public WarmThroughput? WarmThroughput { get; init; }

    /// <summary>The largest record that the stream takes, in KiB.</summary>
    public int? MaxRecordSizeInKiB { get; init; }

    /// <summary>How an on-demand stream gives records their shards: <c>AUTO</c> or <c>USER_PARTITION_KEY</c>.</summary>
    public string? RecordDistributionStrategy { get; init; }
}
