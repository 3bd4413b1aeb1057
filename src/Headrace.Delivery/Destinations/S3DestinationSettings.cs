using Headrace.Delivery.Conversion;
using Headrace.Delivery.Endpoints;
using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Destinations;

/// <summary>What a request says of an S3 destination; null is unsaid. Immutable.</summary>
public sealed record S3DestinationSettings
{
    public string? RoleArn { get; init; }

    public string? BucketArn { get; init; }

    public string? Prefix { get; init; }

    public string? ErrorOutputPrefix { get; init; }

    /// <summary>Said together with <see cref="BufferSeconds"/> or not at all.</summary>
    public int? BufferMegabytes { get; init; }

    public int? BufferSeconds { get; init; }

    public CompressionFormat? Compression { get; init; }

    /// <summary>True where encryption is said, be it none.</summary>
    public bool SaysEncryption { get; init; }

    public string? KmsKeyArn { get; init; }

    public CloudWatchLogging? CloudWatchLogging { get; init; }

    public ProcessingConfiguration? Processing { get; init; }

    public bool? BacksUp { get; init; }

    public S3DestinationSettings? Backup { get; init; }

    public HttpEndpointSettings? Endpoint { get; init; }

    public DataFormatConversionSettings? Conversion { get; init; }

    public DynamicPartitioning? DynamicPartitioning { get; init; }

    public string? FileExtension { get; init; }

    public string? CustomTimeZone { get; init; }
}
