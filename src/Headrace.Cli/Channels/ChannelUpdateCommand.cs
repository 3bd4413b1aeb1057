using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;
using Headrace.Client.Kinesis;

namespace Headrace.Cli.Channels;

/// <summary><c>headrace channels update NAME</c>.</summary>
internal sealed class ChannelUpdateCommand : ServiceCommand<KinesisClient>
{
    private readonly Argument<string> _name = new("NAME") { Description = "The channel's name or ARN" };
    private readonly Option<int?> _freshness = new("--freshness") { HelpName = "SECONDS", Description = "Deliver after so long, DataFreshnessInSeconds: 0 to 900, on AWS 300 at least" };
    private readonly Option<string?> _logging = new("--logging") { HelpName = "on|off", Description = "Whether CloudWatch Logs has its errors" };

    public ChannelUpdateCommand(CommandConsole console)
        : base(ServiceApis.Kinesis, console, "update", "Change a channel and wait until it is active.", "headrace channels update to-lake --freshness 60")
    {
        Add(_name);
        Add(_freshness);
        Add(_logging);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_name);
        var freshness = parsed.GetValue(_freshness);
        bool? isLogged = parsed.GetValue(_logging) is { } logging ? ChannelChoices.Logging(logging) : null;
        if (freshness is null && isLogged is null)
            throw new UsageException("say what to change, by --freshness or --logging");
        var arn = await ChannelLookup.ArnOfAsync(kinesis, name, cancellation);
        var isIntoTables = (await ChannelLookup.DescribeAsync(kinesis, arn, cancellation)).S3TablesDestinationConfiguration is not null;
        await kinesis.UpdateChannelAsync(
            new UpdateChannelRequest
            {
                ChannelArn = arn,
                S3DestinationConfiguration = freshness is { } wait && !isIntoTables ? new S3DestinationUpdateInput { DataFreshnessInSeconds = wait } : null,
                S3TablesDestinationConfiguration = freshness is { } tablesWait && isIntoTables ? new S3TablesDestinationUpdateInput { DataFreshnessInSeconds = tablesWait } : null,
                LoggingConfiguration = isLogged is { } isOn ? new ChannelLoggingUpdateInput { CloudWatchLogs = new CloudWatchLogsUpdateInput { Enabled = isOn } } : null,
            },
            cancellation);
        await ChannelLookup.WaitUntilActiveAsync(kinesis, arn, cancellation);
        Console.Say($"channel {name} is changed");
        return ExitCodes.Done;
    }
}
