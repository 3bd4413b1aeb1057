using System.Text.Json.Serialization;
using Headrace.Delivery.Channels;
using Headrace.Delivery.Conversion;
using Headrace.Delivery.Endpoints;
using Headrace.Delivery.Naming;
using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Destinations;

/// <summary>Into which bucket, how processed and buffered and under which names a delivery stream's objects go. Immutable.</summary>
public sealed record S3Destination
{
    public const int DefaultBufferMegabytes = 5;
    public const int DefaultBufferSeconds = 300;

    /// <summary>The default where records are converted or partitioned, and so need large objects.</summary>
    public const int DefaultLargeBufferMegabytes = 128;

    /// <summary>The least that may be asked for where records are converted or partitioned.</summary>
    public const int MinLargeBufferMegabytes = 64;

    /// <summary>The storage class of objects for which none is asked.</summary>
    public const string StandardStorage = "STANDARD";

    private const string BucketArnMark = ":s3:::";

    public required string RoleArn { get; init; }

    public required string BucketArn { get; init; }

    /// <summary>What objects' keys begin with, expressions included; null for none.</summary>
    public string? Prefix { get; init; }

    public string? ErrorOutputPrefix { get; init; }

    /// <summary>Deliver when so many MiB are buffered: 1 to 128.</summary>
    public int BufferMegabytes { get; init; } = DefaultBufferMegabytes;

    internal long BufferBytes => BufferMegabytes * 1024L * 1024L;

    /// <summary>Deliver when the oldest buffered record has waited so long: 0 to 900 seconds.</summary>
    public int BufferSeconds { get; init; } = DefaultBufferSeconds;

    public CompressionFormat Compression { get; init; }

    /// <summary>The KMS key that was configured; kept and shown. Null for NoEncryption.</summary>
    public string? KmsKeyArn { get; init; }

    public CloudWatchLogging? CloudWatchLogging { get; init; }

    /// <summary>What happens to records on the way; null for nothing.</summary>
    public ProcessingConfiguration? Processing { get; init; }

    /// <summary>Where the records as they came go too; null for nowhere, whatever <see cref="BacksUp"/> says.</summary>
    public S3Destination? Backup { get; init; }

    public bool BacksUp { get; init; }

    /// <summary>
    /// The web service that records are sent to instead of into objects; null for none. Then <see cref="Backup"/> is where those go that it
    /// didn't take.
    /// </summary>
    public HttpEndpoint? Endpoint { get; init; }

    /// <summary>What makes it a channel's destination; null where it is none. Then <see cref="Backup"/> is where dead letters go.</summary>
    public ChannelSettings? Channel { get; init; }

    /// <summary>The account that the bucket must belong to; null where anybody's will do.</summary>
    public string? ExpectedOwner { get; init; }

    /// <summary>The objects' storage class; null for the standard one.</summary>
    public string? StorageClass { get; init; }

    public DataFormatConversionConfiguration? Conversion { get; init; }

    public DynamicPartitioning? DynamicPartitioning { get; init; }

    /// <summary>Replaces the extension that the compression gives; null or empty for none.</summary>
    public string? FileExtension { get; init; }

    /// <summary>The IANA time zone of the times in objects' keys; null or empty for UTC.</summary>
    public string? CustomTimeZone { get; init; }

    [JsonIgnore]
    public string Bucket => BucketArn[(BucketArn.IndexOf(BucketArnMark, StringComparison.Ordinal) + BucketArnMark.Length)..];

    /// <summary>What stands for AWS in the bucket's ARN: the store that it is in.</summary>
    [JsonIgnore]
    internal string Partition => BucketArn.Split(':', 3)[1];

    [JsonIgnore]
    public bool IsPartitioned => DynamicPartitioning is { Enabled: true };

    [JsonIgnore]
    public bool IsConverted => Conversion is { Enabled: true };

    [JsonIgnore]
    internal ObjectZone Zone => ObjectZone.Of(CustomTimeZone);

    /// <summary>The destination that a request describes, AWS's defaults filled in.</summary>
    public static S3Destination Of(S3DestinationSettings settings)
    {
        var isLarge = settings.Conversion is { Enabled: not false } || settings.DynamicPartitioning is { Enabled: true };
        var plain = new S3Destination
        {
            RoleArn = settings.RoleArn!,
            BucketArn = settings.BucketArn!,
            BufferMegabytes = isLarge ? DefaultLargeBufferMegabytes : DefaultBufferMegabytes,
        };
        return plain.With(settings);
    }

    /// <summary>What holds after a request said <paramref name="settings"/>; what it leaves unsaid stays.</summary>
    public S3Destination With(S3DestinationSettings settings)
    {
        var role = settings.RoleArn ?? RoleArn;
        return this with
        {
            RoleArn = role,
            BucketArn = settings.BucketArn ?? BucketArn,
            Prefix = settings.Prefix ?? Prefix,
            ErrorOutputPrefix = settings.ErrorOutputPrefix ?? ErrorOutputPrefix,
            BufferMegabytes = settings.BufferMegabytes ?? BufferMegabytes,
            BufferSeconds = settings.BufferSeconds ?? BufferSeconds,
            Compression = settings.Compression ?? Compression,
            KmsKeyArn = settings.SaysEncryption ? settings.KmsKeyArn : KmsKeyArn,
            CloudWatchLogging = settings.CloudWatchLogging ?? CloudWatchLogging,
            Processing = settings.Processing is null ? Processing : ProcessorRules.Complete(settings.Processing, role),
            BacksUp = settings.BacksUp ?? BacksUp,
            Backup = settings.Backup is null ? Backup : Backup?.With(settings.Backup) ?? Of(settings.Backup),
            Endpoint = HttpEndpoint.After(Endpoint, settings.Endpoint),
            Conversion = settings.Conversion?.Over(Conversion) ?? Conversion,
            DynamicPartitioning = settings.DynamicPartitioning is null ? DynamicPartitioning : new DynamicPartitioning(
                settings.DynamicPartitioning.Enabled,
                settings.DynamicPartitioning.RetrySeconds ?? (settings.DynamicPartitioning.Enabled ? DynamicPartitioning?.RetrySeconds ?? DynamicPartitioning.DefaultRetrySeconds : null)),
            FileExtension = settings.FileExtension ?? FileExtension,
            CustomTimeZone = settings.CustomTimeZone ?? CustomTimeZone,
        };
    }
}
