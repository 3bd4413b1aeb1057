namespace Headrace.Client;

/// <summary>A delivery stream to create: into a bucket, from a data stream or from direct puts.</summary>
public sealed record CreateDeliveryStreamRequest
{
    public required string Name { get; init; }

    /// <summary>The data stream to read; null makes a stream of direct puts.</summary>
    public string? SourceStreamArn { get; init; }

    public required string RoleArn { get; init; }

    public required string BucketArn { get; init; }

    public string? Prefix { get; init; }

    public string? ErrorOutputPrefix { get; init; }

    /// <summary>1 to 128; the service's default is 5.</summary>
    public int? BufferSizeMiB { get; init; }

    /// <summary>0 to 900; the service's default is 300.</summary>
    public int? BufferSeconds { get; init; }

    /// <summary><c>UNCOMPRESSED</c> (the service's default) or <c>GZIP</c>.</summary>
    public string? Compression { get; init; }
}
