using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Channels;

/// <summary>What CreateChannel is given. Immutable.</summary>
public sealed record ChannelDefinition
{
    public required string Name { get; init; }

    public required string RoleArn { get; init; }

    /// <summary>The data stream to read.</summary>
    public required string StreamArn { get; init; }

    public RecordFormat RecordFormat { get; init; }

    public string? SchemaArn { get; init; }

    public required string BucketArn { get; init; }

    public required string BucketOwner { get; init; }

    /// <summary>What objects are called; null for the default.</summary>
    public string? KeyTemplate { get; init; }

    /// <summary>Null for the standard one.</summary>
    public string? StorageClass { get; init; }

    public CompressionFormat Compression { get; init; }

    /// <summary>The longest that a record waits to be delivered, in seconds; null for the default.</summary>
    public int? FreshnessSeconds { get; init; }

    /// <summary>Where records go that can't be delivered; null for the same bucket.</summary>
    public DeadLetterBucket? DeadLetters { get; init; }

    public string? KmsKey { get; init; }

    public CloudWatchLogging? Logging { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];
}
