namespace Headrace.Delivery.Destinations;

/// <summary>Into which bucket, how buffered and under which names a delivery stream's objects go. Immutable.</summary>
public sealed record S3Destination
{
    public const int DefaultBufferMegabytes = 5;
    public const int DefaultBufferSeconds = 300;

    private const string BucketArnMark = ":s3:::";

    public required string RoleArn { get; init; }

    public required string BucketArn { get; init; }

    /// <summary>What stands before the date in objects' keys; null for none.</summary>
    public string? Prefix { get; init; }

    public string? ErrorOutputPrefix { get; init; }

    /// <summary>Deliver when so many MiB are buffered: 1 to 128.</summary>
    public int BufferMegabytes { get; init; } = DefaultBufferMegabytes;

    /// <summary>Deliver when the oldest buffered record has waited so long: 0 to 900 seconds.</summary>
    public int BufferSeconds { get; init; } = DefaultBufferSeconds;

    public CompressionFormat Compression { get; init; }

    /// <summary>The KMS key that was configured; kept and shown. Null for NoEncryption.</summary>
    public string? KmsKeyArn { get; init; }

    public CloudWatchLogging? CloudWatchLogging { get; init; }

    /// <summary>Replaces the extension that the compression gives; null or empty for none.</summary>
    public string? FileExtension { get; init; }

    /// <summary>The IANA time zone of the date in objects' keys; null or empty for UTC.</summary>
    public string? CustomTimeZone { get; init; }

    public string Bucket => BucketArn[(BucketArn.IndexOf(BucketArnMark, StringComparison.Ordinal) + BucketArnMark.Length)..];

    /// <summary>Checks what the API's model alone can't.</summary>
    /// <exception cref="DeliveryException">InvalidArgument, naming the field.</exception>
    public void Validate()
    {
        if (!BucketArn.Contains(BucketArnMark, StringComparison.Ordinal))
            throw DeliveryException.InvalidArgument($"BucketARN {BucketArn} is not the ARN of a bucket.");
        if (Prefix?.Contains("!{", StringComparison.Ordinal) == true)
            throw DeliveryException.InvalidArgument($"Prefix: expressions such as !{{timestamp:...}} are not supported: {Prefix}");
        if (!string.IsNullOrEmpty(CustomTimeZone) && !TimeZoneInfo.TryFindSystemTimeZoneById(CustomTimeZone, out _))
            throw DeliveryException.InvalidArgument($"CustomTimeZone {CustomTimeZone} is not a known time zone.");
    }
}
