using Headrace.Delivery.Destinations;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose.Destinations;

/// <summary>Reads the S3 destinations of requests, plain and extended, whole and updates.</summary>
internal static class S3DestinationMembers
{
    public static readonly IReadOnlyList<string> BackupModes = ["Enabled", "Disabled"];

    private static readonly string[] CompressionFormats = ["ZIP", "HADOOP_SNAPPY", "Snappy", "GZIP", "UNCOMPRESSED"];

    /// <summary>Reads the members, collecting faults.</summary>
    /// <param name="given">The structure; null when absent.</param>
    /// <param name="isUpdate">True where nothing is required.</param>
    /// <param name="isExtended">True where the members of an extended destination are looked at.</param>
    public static S3DestinationSettings? Read(MemberReader? given, bool isUpdate, bool isExtended)
    {
        if (given is null)
            return null;
        var role = given.String("RoleARN", required: !isUpdate, min: 1, max: 512, pattern: FirehosePatterns.RoleArn);
        var bucket = given.String("BucketARN", required: !isUpdate, min: 1, max: 2048, pattern: FirehosePatterns.BucketArn);
        var (megabytes, seconds) = ReadHints(given.Structure("BufferingHints"));
        var encryption = given.Structure("EncryptionConfiguration");
        var settings = new S3DestinationSettings
        {
            RoleArn = role,
            BucketArn = bucket,
            Prefix = given.String("Prefix", max: 1024, pattern: FirehosePatterns.AnyLine),
            ErrorOutputPrefix = given.String("ErrorOutputPrefix", max: 1024, pattern: FirehosePatterns.AnyLine),
            BufferMegabytes = megabytes,
            BufferSeconds = seconds,
            Compression = CompressionNamed(given.String("CompressionFormat", oneOf: CompressionFormats)),
            SaysEncryption = encryption is not null,
            KmsKeyArn = ReadKey(encryption),
            CloudWatchLogging = LoggingMembers.Read(given),
        };
        return isExtended ? ReadExtended(given, settings, isUpdate) : settings;
    }

    /// <summary>Holds what was read against what no pattern says.</summary>
    /// <exception cref="WireException">InvalidArgumentException.</exception>
    public static void Check(S3DestinationSettings settings)
    {
        if (settings.BufferMegabytes is null != settings.BufferSeconds is null)
            throw Invalid("BufferingHints: SizeInMBs and IntervalInSeconds must be given together.");
        if (settings.Backup is { } backup)
            Check(backup);
    }

    public static WireException NotSupported(string member) => Invalid($"{member} is not supported.");

    public static WireException Invalid(string message) => new(400, "InvalidArgumentException", message);

    private static S3DestinationSettings ReadExtended(MemberReader given, S3DestinationSettings plain, bool isUpdate)
    {
        var backup = given.Structure(isUpdate ? "S3BackupUpdate" : "S3BackupConfiguration");
        return plain with
        {
            Conversion = ConversionMembers.Read(given.Structure("DataFormatConversionConfiguration")),
            Processing = ProcessingMembers.Read(given.Structure("ProcessingConfiguration")),
            BacksUp = given.String("S3BackupMode", oneOf: BackupModes) is { } mode ? mode == "Enabled" : null,
            Backup = Read(backup, isUpdate, isExtended: false),
            DynamicPartitioning = ReadPartitioning(given.Structure("DynamicPartitioningConfiguration")),
            FileExtension = given.String("FileExtension", max: 128, pattern: FirehosePatterns.FileExtension),
            CustomTimeZone = given.String("CustomTimeZone", max: 50, pattern: FirehosePatterns.TimeZone),
        };
    }

    private static (int? Megabytes, int? Seconds) ReadHints(MemberReader? hints) =>
        ((int?)hints?.Integer("SizeInMBs", min: 1, max: 128), (int?)hints?.Integer("IntervalInSeconds", min: 0, max: 900));

    private static CompressionFormat? CompressionNamed(string? name) => name switch
    {
        "UNCOMPRESSED" => CompressionFormat.Uncompressed,
        "GZIP" => CompressionFormat.Gzip,
        "ZIP" => CompressionFormat.Zip,
        "Snappy" => CompressionFormat.Snappy,
        "HADOOP_SNAPPY" => CompressionFormat.HadoopSnappy,
        _ => null,
    };

    private static string? ReadKey(MemberReader? encryption)
    {
        if (encryption is null)
            return null;
        var none = encryption.String("NoEncryptionConfig", oneOf: ["NoEncryption"]);
        var kms = encryption.Structure("KMSEncryptionConfig");
        if (none is null == kms is null)
            encryption.Refuse(Invalid("Exactly one of NoEncryptionConfig or KMSEncryptionConfig must be specified"));
        return kms?.String("AWSKMSKeyARN", required: true, min: 1, max: 512, pattern: FirehosePatterns.KeyArn);
    }

    private static DynamicPartitioning? ReadPartitioning(MemberReader? partitioning)
    {
        if (partitioning is null)
            return null;
        var retry = partitioning.Structure("RetryOptions")?.Integer("DurationInSeconds", min: 0, max: 7200);
        return new DynamicPartitioning(partitioning.Boolean("Enabled") ?? false, (int?)retry);
    }
}
