using System.Text.Json.Serialization;

namespace Headrace.Client.Firehose;

/// <summary>A bucket to deliver into, and what is made of the records on their way.</summary>
public sealed record ExtendedS3DestinationConfiguration
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

    /// <summary>What is made of records on their way.</summary>
    public ProcessingConfiguration? ProcessingConfiguration { get; init; }

    /// <summary>Whether records are also kept as they came: <c>Disabled</c> or <c>Enabled</c>.</summary>
    public string? S3BackupMode { get; init; }

    /// <summary>Where they are kept.</summary>
    public S3DestinationConfiguration? S3BackupConfiguration { get; init; }

    /// <summary>The columnar format that records are converted to.</summary>
    public DataFormatConversionConfiguration? DataFormatConversionConfiguration { get; init; }

    /// <summary>Whether records are delivered by keys found in them.</summary>
    public DynamicPartitioningConfiguration? DynamicPartitioningConfiguration { get; init; }

    /// <summary>What objects' keys end with.</summary>
    public string? FileExtension { get; init; }

    /// <summary>The time zone of the times in objects' keys.</summary>
    public string? CustomTimeZone { get; init; }
}
