using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>A table that a channel delivers into.</summary>
public sealed record S3TablesConfiguration
{
    /// <summary>The bucket of tables.</summary>
    [JsonPropertyName("TableBucketARN")]
    public required string TableBucketArn { get; init; }

    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The name.</summary>
    public required string TableName { get; init; }

    /// <summary>How its files are packed: <c>SNAPPY</c>, <c>ZSTD</c> or <c>NONE</c>.</summary>
    public required string CompressionType { get; init; }

    /// <summary>How it is partitioned.</summary>
    public PartitionSpec? PartitionSpec { get; init; }
}
