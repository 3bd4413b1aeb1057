using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Delivery;

/// <summary><c>headrace delivery logs NAME</c>: what went wrong with a delivery stream.</summary>
internal sealed class DeliveryLogsCommand(CommandConsole console)
    : LogsCommand<FirehoseClient>(ServiceApis.Firehose, console, new Argument<string>("NAME"), "Show what went wrong with a delivery stream.", "headrace delivery logs orders-to-lake --follow")
{
    protected override async Task<(string Group, string Stream)> LogOfAsync(FirehoseClient firehose, string name, CancellationToken cancellation)
    {
        var stream = await firehose.DescribeDeliveryStreamAsync(name, cancellation);
        return (stream.LogGroup ?? $"/aws/kinesisfirehose/{stream.Name}", stream.LogStream ?? UsualStream);
    }
}
