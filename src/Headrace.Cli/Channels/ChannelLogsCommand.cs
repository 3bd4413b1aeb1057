using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Channels;

/// <summary><c>headrace channels logs NAME</c>: what went wrong with a channel.</summary>
internal sealed class ChannelLogsCommand(CommandConsole console)
    : LogsCommand<KinesisClient>(
        ServiceApis.Kinesis, console, new Argument<string>("NAME") { Description = "The channel's name or ARN" }, "Show what went wrong with a channel.", "headrace channels logs to-lake --follow")
{
    protected override async Task<(string Group, string Stream)> LogOfAsync(KinesisClient kinesis, string name, CancellationToken cancellation)
    {
        var channel = await ChannelLookup.DescribeAsync(kinesis, await ChannelLookup.ArnOfAsync(kinesis, name, cancellation), cancellation);
        var logs = channel.LoggingConfiguration.CloudWatchLogs;
        return (logs.LogGroupName ?? $"/aws/kinesis/{channel.ChannelName}/{channel.ChannelId}", logs.LogStreamName ?? UsualStream);
    }
}
