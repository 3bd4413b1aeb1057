using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;
using Headrace.Client.Kinesis;

namespace Headrace.Cli.Channels;

/// <summary><c>headrace channels create</c>.</summary>
internal sealed class ChannelCreateCommand : ServiceCommand<KinesisClient>
{
    private const string DefaultRole = "headrace-channel-role";

    private readonly Option<string> _name = new("--name") { HelpName = "NAME", Description = "1 to 128 letters, digits, '_', '.' and '-'", Required = true };
    private readonly Option<string> _stream = new("--stream", "--source-stream") { HelpName = "S", Description = "The data stream to read, an on-demand one", Required = true };
    private readonly Option<string> _bucket = new("--bucket") { HelpName = "BUCKET", Description = "The bucket that objects go into, by its name or ARN", Required = true };
    private readonly Option<string?> _owner = new("--bucket-owner") { HelpName = "ACCOUNT", Description = "The account that buckets must belong to, ExpectedBucketOwner [default: the caller's]" };
    private readonly Option<int?> _freshness = new("--freshness") { HelpName = "SECONDS", Description = "Deliver after so long, DataFreshnessInSeconds: 0 to 900, on AWS 300 at least [default: 300]" };
    private readonly Option<string> _compression = new("--compression") { HelpName = "none|gzip|zstd", Description = "How objects are packed, CompressionType", DefaultValueFactory = static _ => "none" };
    private readonly Option<string?> _template = new("--key-template") { HelpName = "TEMPLATE", Description = "Objects' keys, OutputKeyTemplate, with !{yyyy}, !{stream-name}, !{extension} and the like [default: the service's]" };
    private readonly Option<string?> _storageClass = new("--storage-class") { HelpName = "CLASS", Description = "STANDARD, INTELLIGENT_TIERING or GLACIER_IR [default: STANDARD]" };
    private readonly Option<string> _format = new("--format") { HelpName = "bytes|json|string", Description = "What records are held to, RecordFormatType; others become dead letters", DefaultValueFactory = static _ => "bytes" };
    private readonly Option<string?> _letters = new("--dead-letter-bucket") { HelpName = "BUCKET", Description = "Where dead letters go [default: the same bucket]" };
    private readonly Option<string?> _lettersPrefix = new("--dead-letter-prefix") { HelpName = "PREFIX", Description = "Begins their objects' names, ErrorOutputPrefix" };
    private readonly Option<string> _logging = new("--logging") { HelpName = "on|off", Description = "Whether CloudWatch Logs has its errors", DefaultValueFactory = static _ => "off" };
    private readonly Option<string?> _role = new("--role-arn") { HelpName = "ARN", Description = $"The role to deliver with, ServiceExecutionRoleARN; only the real service looks at it [default: {DefaultRole} of the account]" };

    public ChannelCreateCommand(CommandConsole console)
        : base(
            ServiceApis.Kinesis,
            console,
            "create",
            "Create a channel into a bucket and wait until it is active.",
            "headrace channels create --name to-lake --stream orders --bucket lake --freshness 5 --format json --compression zstd")
    {
        foreach (var option in new Option[] { _name, _stream, _bucket, _owner, _freshness, _compression, _template, _storageClass, _format, _letters, _lettersPrefix, _logging, _role })
            Add(option);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_name);
        var format = ChannelChoices.Format(parsed.GetRequiredValue(_format));
        var compression = ChannelChoices.Compression(parsed.GetRequiredValue(_compression));
        var isLogged = ChannelChoices.Logging(parsed.GetRequiredValue(_logging));
        var (owner, role) = await OwnerAndRoleAsync(parsed, cancellation);
        var stream = await kinesis.DescribeStreamSummaryAsync(parsed.GetRequiredValue(_stream), cancellation);
        var created = await kinesis.CreateChannelAsync(
            new CreateChannelRequest
            {
                ChannelName = name,
                ServiceExecutionRoleArn = role,
                StreamConfigurationList = [new ChannelStreamConfiguration { StreamArn = stream.Arn, RecordConfiguration = new RecordConfiguration { RecordFormatType = format } }],
                S3DestinationConfiguration = new S3DestinationConfiguration
                {
                    DataFreshnessInSeconds = parsed.GetValue(_freshness),
                    DeadLetterQueueS3Configuration = DeadLetters(parsed, owner),
                    StorageConfiguration = new S3StorageConfiguration
                    {
                        BucketArn = ChannelChoices.BucketArn(parsed.GetRequiredValue(_bucket)),
                        ExpectedBucketOwner = owner,
                        OutputKeyTemplate = parsed.GetValue(_template),
                        StorageClass = parsed.GetValue(_storageClass),
                        CompressionType = compression,
                    },
                },
                LoggingConfiguration = isLogged ? new ChannelLoggingConfiguration { CloudWatchLogs = new CloudWatchLogs { Enabled = true } } : null,
            },
            cancellation);
        await ChannelLookup.WaitUntilActiveAsync(kinesis, created.ChannelDescription.ChannelArn, cancellation);
        Console.Say($"channel {name} is active");
        return ExitCodes.Done;
    }

    private async Task<(string Owner, string Role)> OwnerAndRoleAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (owner, role) = (parsed.GetValue(_owner), parsed.GetValue(_role));
        if (owner is not null && role is not null)
            return (owner, role);
        var account = await CallerAccount.OfAsync(OptionsOf(parsed, "sts"), cancellation);
        return (owner ?? account, role ?? $"arn:aws:iam::{account}:role/{DefaultRole}");
    }

    private DeadLetterQueueS3Configuration? DeadLetters(ParseResult parsed, string owner)
    {
        var (bucket, prefix) = (parsed.GetValue(_letters), parsed.GetValue(_lettersPrefix));
        return bucket is null && prefix is null ? null : new DeadLetterQueueS3Configuration
        {
            BucketArn = ChannelChoices.BucketArn(bucket ?? parsed.GetRequiredValue(_bucket)),
            ExpectedBucketOwner = owner,
            ErrorOutputPrefix = prefix,
        };
    }
}
