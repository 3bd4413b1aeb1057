using System.Text.RegularExpressions;
using Headrace.Delivery.Channels;
using Headrace.Delivery.Destinations;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Kinesis.Channels;

/// <summary>Reads what a channel is made of.</summary>
internal static partial class ChannelMembers
{
    public static readonly Regex ArnPattern = ArnExpression();

    private const int MaxArn = 2048;
    private const int MaxList = 10_000;
    private const string JsonFormat = "JSON";
    private const string SchemaFormat = "GSR_JSON";

    public static string? ReadArn(MemberReader members) => members.String("ChannelARN", required: true, min: 1, max: MaxArn, pattern: ArnPattern);

    /// <summary>Reads CreateChannel's members; call <see cref="Check"/> after the request was found valid.</summary>
    public static ChannelDefinition Read(MemberReader members)
    {
        var name = members.String("ChannelName", required: true, min: 1, max: 128, pattern: StreamReference.NamePattern);
        var role = members.String("ServiceExecutionRoleARN", required: true, min: 1, max: 512, pattern: RoleArnExpression());
        var record = ReadStreams(members);
        var destination = members.Structure("S3DestinationConfiguration");
        var storage = destination?.Structure("StorageConfiguration", required: true);
        var compression = storage?.String("CompressionType", required: true, oneOf: ["ZSTD", "GZIP", "NONE"]);
        var definition = new ChannelDefinition
        {
            Name = name!,
            RoleArn = role!,
            StreamArn = record.StreamArn!,
            RecordFormat = record.Format switch
            {
                JsonFormat => RecordFormat.Json,
                "STRING" => RecordFormat.String,
                _ => RecordFormat.ByteArray,
            },
            SchemaArn = record.SchemaArn,
            BucketArn = ReadBucket(storage)!,
            BucketOwner = storage?.String("ExpectedBucketOwner", required: true, min: 12, max: 12, pattern: AccountExpression())!,
            KeyTemplate = storage?.String("OutputKeyTemplate", min: 1, max: 1024, pattern: TemplateExpression()),
            StorageClass = storage?.String("StorageClass", oneOf: ["GLACIER_IR", "STANDARD", "INTELLIGENT_TIERING"]),
            Compression = compression switch
            {
                "GZIP" => CompressionFormat.Gzip,
                "ZSTD" => CompressionFormat.Zstd,
                _ => CompressionFormat.Uncompressed,
            },
            FreshnessSeconds = (int?)destination?.Integer("DataFreshnessInSeconds"),
            DeadLetters = ReadDeadLetters(destination?.Structure("DeadLetterQueueS3Configuration")),
            KmsKey = ReadKey(members.Structure("EncryptionConfiguration")),
            Logging = ReadLogging(members),
            Tags = members.Map("Tags", min: 1, max: 200) ?? [],
        };
        ReadTables(members.Structure("S3TablesDestinationConfiguration"));
        return definition;
    }

    /// <summary>Holds a valid request against what no pattern says.</summary>
    /// <exception cref="WireException">InvalidArgumentException.</exception>
    public static void Check(MemberReader members)
    {
        var streams = members.Structures("StreamConfigurationList")!;
        if (streams.Count != 1)
            throw Invalid("StreamConfigurationList: one stream is supported per channel.");
        if (members.Has("S3DestinationConfiguration") == members.Has("S3TablesDestinationConfiguration"))
            throw Invalid("Exactly one of S3DestinationConfiguration and S3TablesDestinationConfiguration must be specified.");
        if (members.Has("S3TablesDestinationConfiguration"))
            throw Invalid("S3TablesDestinationConfiguration is not supported. Deliver to a bucket, by S3DestinationConfiguration.");
        if (streams[0].Structure("RecordConfiguration")?.String("RecordFormatType") == SchemaFormat)
            throw Invalid("RecordFormatType GSR_JSON is only supported for S3 Tables destinations.");
    }

    public static CloudWatchLogging? ReadLogging(MemberReader members)
    {
        var logs = members.Structure("LoggingConfiguration")?.Structure("CloudWatchLogs", required: true);
        if (logs is null)
            return null;
        var enabled = logs.Boolean("Enabled", required: true);
        return new CloudWatchLogging(
            enabled ?? false,
            logs.String("LogGroupName", min: 1, max: 512, pattern: LogGroupExpression()),
            logs.String("LogStreamName", min: 1, max: 512, pattern: LogStreamExpression()));
    }

    public static WireException Invalid(string message) => new(400, "InvalidArgumentException", message);

    private static (string? StreamArn, string? Format, string? SchemaArn) ReadStreams(MemberReader members)
    {
        (string?, string?, string?) first = default;
        foreach (var stream in members.Structures("StreamConfigurationList", required: true, min: 1, max: MaxList) ?? [])
        {
            var arn = stream.String("StreamARN", required: true, min: 1, max: MaxArn, pattern: StreamReference.ArnPattern);
            var record = stream.Structure("RecordConfiguration", required: true);
            var format = record?.String("RecordFormatType", required: true, oneOf: ["BYTE_ARRAY", JsonFormat, SchemaFormat, "STRING"]);
            first = (arn, format, record?.String("GSRSchemaARN", min: 1, max: 512, pattern: SchemaArnExpression()));
        }
        return first;
    }

    private static DeadLetterBucket? ReadDeadLetters(MemberReader? given) => given is null ? null : new DeadLetterBucket(
        ReadBucket(given)!,
        given.String("ExpectedBucketOwner", required: true, min: 12, max: 12, pattern: AccountExpression())!,
        given.String("ErrorOutputPrefix", min: 1, max: 512, pattern: ErrorPrefixExpression()));

    private static string? ReadBucket(MemberReader? given) =>
        given?.String("BucketARN", required: true, min: 1, max: MaxArn, pattern: StoredBucketArnExpression().IsMatch(given.String("BucketARN") ?? "") ? null : BucketArnExpression());

    private static string? ReadKey(MemberReader? encryption)
    {
        encryption?.String("EncryptionType", required: true, oneOf: ["KMS"]);
        return encryption?.String("KeyId", required: true, min: 1, max: MaxArn);
    }

    /// <summary>What is wrong with a destination that isn't supported is told all the same.</summary>
    private static void ReadTables(MemberReader? tables)
    {
        if (tables is null)
            return;
        tables.Integer("DataFreshnessInSeconds");
        ReadDeadLetters(tables.Structure("DeadLetterQueueS3Configuration", required: true));
        foreach (var table in tables.Structures("S3TablesConfigurationList", required: true, min: 1, max: MaxList) ?? [])
        {
            table.String("TableBucketARN", required: true, min: 1, max: MaxArn, pattern: TableBucketArnExpression());
            table.String("Namespace", required: true, min: 1, max: 255, pattern: TableNameExpression());
            table.String("TableName", required: true, min: 1, max: 255, pattern: TableNameExpression());
            table.String("CompressionType", required: true, oneOf: ["ZSTD", "SNAPPY", "NONE"]);
            foreach (var field in table.Structure("PartitionSpec")?.Structures("PartitionFields", required: true) ?? [])
            {
                field.String("Transform", required: true, oneOf: ["TIME_HOUR"]);
                field.String("SourceName", required: true);
            }
        }
    }

    [GeneratedRegex(@"\A(?:arn:aws.*:kinesis:.*:\d{12}:channel/\S+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ArnExpression();

    [GeneratedRegex(@"\A(?:arn:aws[-a-z0-9]*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex RoleArnExpression();

    [GeneratedRegex(@"\A(?:arn:aws[-a-z0-9]*:s3:::[a-z0-9._-]{3,63})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex BucketArnExpression();

    // A store's name in the place of AWS's partition (docs/delivery.md).
    [GeneratedRegex(@"\A(?:arn:[-a-z0-9]+:s3:::[a-z0-9._-]{3,63})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex StoredBucketArnExpression();

    [GeneratedRegex(@"\A(?:\d{12})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AccountExpression();

    [GeneratedRegex(@"\A(?:[0-9A-Za-z!\-_'.*()\/=:{}]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TemplateExpression();

    [GeneratedRegex(@"\A(?:[0-9A-Za-z!\-_'.*()\/]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorPrefixExpression();

    [GeneratedRegex(@"\A(?:arn:aws[-a-z0-9]*:glue:[-a-z0-9]+:\d{12}:schema/[-a-zA-Z0-9_$#.]+/[-a-zA-Z0-9_$#.]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SchemaArnExpression();

    [GeneratedRegex(@"\A(?:arn:aws[-a-z0-9]*:s3tables:[-a-z0-9]+:[0-9]{12}:bucket/[a-z0-9_-]{3,63})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TableBucketArnExpression();

    [GeneratedRegex(@"\A(?:[0-9a-z_]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TableNameExpression();

    [GeneratedRegex(@"\A(?:[\.\-_/#A-Za-z0-9]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex LogGroupExpression();

    [GeneratedRegex(@"\A(?:[^:*]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex LogStreamExpression();
}
