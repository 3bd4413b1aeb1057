using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>A bucket to deliver into.</summary>
public sealed record S3DestinationConfiguration
{
    /// <summary>The role to act as.</summary>
    [JsonPropertyName("RoleARN")]
    public required string RoleArn { get; init; }

    /// <summary>The bucket.</summary>
    [JsonPropertyName("BucketARN")]
    public required string BucketArn { get; init; }

    /// <summary>What objects' keys begin with.</summary>
    public string? Prefix { get; init; }

    /// <summary>What the keys of objects with failed records begin with.</summary>
    public string? ErrorOutputPrefix { get; init; }

    /// <summary>When an object is due.</summary>
    public BufferingHints? BufferingHints { get; init; }

    /// <summary>How objects are compressed: <c>UNCOMPRESSED</c>, <c>GZIP</c>, <c>ZIP</c>, <c>Snappy</c> or <c>HADOOP_SNAPPY</c>.</summary>
    public string? CompressionFormat { get; init; }

    /// <summary>How objects are encrypted.</summary>
    public EncryptionConfiguration? EncryptionConfiguration { get; init; }

    /// <summary>Where errors are logged.</summary>
    public CloudWatchLoggingOptions? CloudWatchLoggingOptions { get; init; }
}
