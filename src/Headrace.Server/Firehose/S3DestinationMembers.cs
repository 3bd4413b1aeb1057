using Headrace.Delivery.Destinations;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

/// <summary>Reads S3DestinationConfiguration and ExtendedS3DestinationConfiguration.</summary>
internal static class S3DestinationMembers
{
    private static readonly string[] CompressionFormats = ["UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"];

    /// <summary>Reads the members, collecting faults; what it returns refuses what is valid but not supported.</summary>
    /// <param name="given">The structure; null when absent.</param>
    /// <param name="path">Its name, for refusals.</param>
    public static Func<S3Destination>? Read(MemberReader? given, string path)
    {
        if (given is null)
            return null;
        var role = given.String("RoleARN", required: true, min: 1, max: 512, pattern: FirehosePatterns.RoleArn);
        var bucket = given.String("BucketARN", required: true, min: 1, max: 2048, pattern: FirehosePatterns.BucketArn);
        var prefix = given.String("Prefix", max: 1024);
        var errorPrefix = given.String("ErrorOutputPrefix", max: 1024);
        var hints = given.Structure("BufferingHints");
        var megabytes = hints?.Integer("SizeInMBs", min: 1, max: 128);
        var seconds = hints?.Integer("IntervalInSeconds", min: 0, max: 900);
        var compression = given.String("CompressionFormat", oneOf: CompressionFormats) ?? "UNCOMPRESSED";
        var key = ReadEncryption(given.Structure("EncryptionConfiguration"));
        var logging = ReadLogging(given.Structure("CloudWatchLoggingOptions"));
        var extension = given.String("FileExtension", max: 128, pattern: FirehosePatterns.FileExtension);
        var zone = given.String("CustomTimeZone", max: 50, pattern: FirehosePatterns.TimeZone);
        var unsupported = FindUnsupported(given);
        return () =>
        {
            if (unsupported is not null)
                throw NotSupported($"{path}.{unsupported}");
            if (hints is not null && megabytes is null != seconds is null)
                throw Invalid($"{path}.BufferingHints: SizeInMBs and IntervalInSeconds must be given together.");
            return new S3Destination
            {
                RoleArn = role!,
                BucketArn = bucket!,
                Prefix = prefix,
                ErrorOutputPrefix = errorPrefix,
                BufferMegabytes = (int)(megabytes ?? S3Destination.DefaultBufferMegabytes),
                BufferSeconds = (int)(seconds ?? S3Destination.DefaultBufferSeconds),
                Compression = compression switch
                {
                    "UNCOMPRESSED" => CompressionFormat.Uncompressed,
                    "GZIP" => CompressionFormat.Gzip,
                    _ => throw Invalid($"{path}.CompressionFormat {compression} is not supported."),
                },
                KmsKeyArn = key,
                CloudWatchLogging = logging,
                FileExtension = extension,
                CustomTimeZone = zone,
            };
        };
    }

    public static WireException NotSupported(string member) => Invalid($"{member} is not supported.");

    private static WireException Invalid(string message) => new(400, "InvalidArgumentException", message);

    private static string? ReadEncryption(MemberReader? encryption)
    {
        encryption?.String("NoEncryptionConfig", oneOf: ["NoEncryption"]);
        return encryption?.Structure("KMSEncryptionConfig")?.String("AWSKMSKeyARN", required: true, min: 1, max: 512, pattern: FirehosePatterns.KeyArn);
    }

    private static CloudWatchLogging? ReadLogging(MemberReader? logging) => logging is null ? null : new CloudWatchLogging(
        logging.Boolean("Enabled") ?? false,
        logging.String("LogGroupName", max: 512, pattern: FirehosePatterns.LogGroup),
        logging.String("LogStreamName", max: 512, pattern: FirehosePatterns.LogStream));

    /// <summary>The first member that asks for something that delivery can't do yet; null when there is none.</summary>
    private static string? FindUnsupported(MemberReader given)
    {
        if (given.Structure("ProcessingConfiguration")?.Boolean("Enabled") == true)
            return "ProcessingConfiguration";
        if (given.Structure("DataFormatConversionConfiguration") is { } conversion && conversion.Boolean("Enabled") != false)
            return "DataFormatConversionConfiguration";
        if (given.Structure("DynamicPartitioningConfiguration")?.Boolean("Enabled") == true)
            return "DynamicPartitioningConfiguration";
        if (given.String("S3BackupMode", oneOf: ["Disabled", "Enabled"]) == "Enabled")
            return "S3BackupMode Enabled";
        return given.Has("S3BackupConfiguration") ? "S3BackupConfiguration" : null;
    }
}
