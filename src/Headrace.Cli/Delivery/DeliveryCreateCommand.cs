using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;
using Headrace.Client.Firehose;

namespace Headrace.Cli.Delivery;

/// <summary><c>headrace delivery create</c>.</summary>
internal sealed class DeliveryCreateCommand : ServiceCommand<FirehoseClient>
{
    private const string DefaultRole = "headrace-delivery-role";

    private readonly Option<string> _name = new("--name") { HelpName = "NAME", Description = "1 to 64 letters, digits, '_', '.' and '-'", Required = true };
    private readonly Option<string> _bucket = new("--bucket") { HelpName = "BUCKET", Description = "The bucket that objects go into", Required = true };
    private readonly Option<string?> _source = new("--source-stream", "--source_stream") { HelpName = "S", Description = "The data stream to read [default: none, records are put directly]" };
    private readonly Option<string> _prefix = new("--prefix") { HelpName = "PREFIX", Description = "Begins objects' names", DefaultValueFactory = static _ => "firehose/" };
    private readonly Option<string> _errorPrefix = new("--error-prefix") { HelpName = "PREFIX", Description = "Begins the names of objects with failed records", DefaultValueFactory = static _ => "errors/" };
    private readonly Option<int> _size = new("--buffer-size") { HelpName = "MIB", Description = "Deliver when so much has gathered: 1 to 128", DefaultValueFactory = static _ => 1 };
    private readonly Option<int> _interval = new("--buffer-interval") { HelpName = "SECONDS", Description = "Deliver after so long: 0 to 900", DefaultValueFactory = static _ => 60 };
    private readonly Option<bool> _gzip = new("--gzip") { Description = "Compress objects" };
    private readonly Option<string?> _role = new("--role-arn") { HelpName = "ARN", Description = $"The role to deliver with; only the real service looks at it [default: {DefaultRole} of the account]" };

    public DeliveryCreateCommand(CommandConsole console)
        : base(
            ServiceApis.Firehose,
            console,
            "create",
            "Create a delivery stream into a bucket and wait until it is active.",
            "headrace delivery create --name orders-to-lake --source-stream orders --bucket lake --buffer-interval 5")
    {
        foreach (var option in new Option[] { _name, _bucket, _source, _prefix, _errorPrefix, _size, _interval, _gzip, _role })
            Add(option);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(FirehoseClient firehose, ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_name);
        var connection = OptionsOf(parsed, "firehose");
        var source = parsed.GetValue(_source);
        string? sourceArn = null;
        if (source is not null)
        {
            using var kinesis = new KinesisClient(connection);
            sourceArn = (await kinesis.DescribeStreamSummaryAsync(source, cancellation)).Arn;
        }
        var role = parsed.GetValue(_role) ?? $"arn:aws:iam::{await CallerAccount.OfAsync(connection, cancellation)}:role/{DefaultRole}";
        await firehose.CreateDeliveryStreamAsync(
            new CreateDeliveryStreamRequest
            {
                DeliveryStreamName = name,
                DeliveryStreamType = sourceArn is null ? "DirectPut" : "KinesisStreamAsSource",
                KinesisStreamSourceConfiguration = sourceArn is null ? null : new KinesisStreamSourceConfiguration { KinesisStreamArn = sourceArn, RoleArn = role },
                ExtendedS3DestinationConfiguration = new ExtendedS3DestinationConfiguration
                {
                    RoleArn = role,
                    BucketArn = $"arn:aws:s3:::{parsed.GetRequiredValue(_bucket)}",
                    Prefix = parsed.GetRequiredValue(_prefix),
                    ErrorOutputPrefix = parsed.GetRequiredValue(_errorPrefix),
                    BufferingHints = new BufferingHints { SizeInMBs = parsed.GetRequiredValue(_size), IntervalInSeconds = parsed.GetRequiredValue(_interval) },
                    CompressionFormat = parsed.GetValue(_gzip) ? "GZIP" : "UNCOMPRESSED",
                },
            },
            cancellation);
        await DeliveryReadiness.WaitAsync(firehose, name, cancellation);
        Console.Say($"delivery stream {name} is active");
        return ExitCodes.Done;
    }
}
