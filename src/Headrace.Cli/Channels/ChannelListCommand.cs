using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Channels;

/// <summary><c>headrace channels list</c>.</summary>
internal sealed class ChannelListCommand : ServiceCommand<KinesisClient>
{
    private readonly OutputOption _output = new();

    public ChannelListCommand(CommandConsole console)
        : base(ServiceApis.Kinesis, console, "list", "List the channels by name.", "headrace channels list")
    {
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        await foreach (var channel in kinesis.ListChannelsAsync(cancellation))
        {
            if (format == OutputFormat.Json)
            {
                Console.Output.WriteJson(channel, static (json, channel) =>
                {
                    json.WriteString("channelName", channel.ChannelName);
                    json.WriteString("channelARN", channel.ChannelArn);
                    json.WriteString("channelStatus", channel.ChannelStatus);
                    json.WriteString("streamARN", channel.Streams.Count > 0 ? channel.Streams[0].StreamArn : null);
                });
            }
            else
            {
                Console.Output.WriteLine(channel.ChannelName);
            }
        }
        return ExitCodes.Done;
    }
}
