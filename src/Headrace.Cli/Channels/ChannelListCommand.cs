using System.CommandLine;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;
using Headrace.Client.Kinesis;

namespace Headrace.Cli.Channels;

/// <summary><c>headrace channels list</c>.</summary>
internal sealed class ChannelListCommand(CommandConsole console)
    : ListCommand<KinesisClient, ChannelSummary>(ServiceApis.Kinesis, console, "List the channels by name.", "headrace channels list")
{
    protected override IAsyncEnumerable<ChannelSummary> ListAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation) => kinesis.ListChannelsAsync(cancellation);

    protected override string TextOf(ChannelSummary channel) => channel.ChannelName;

    protected override void WriteJson(Utf8JsonWriter json, ChannelSummary channel)
    {
        json.WriteString("channelName", channel.ChannelName);
        json.WriteString("channelARN", channel.ChannelArn);
        json.WriteString("channelStatus", channel.ChannelStatus);
        json.WriteString("streamARN", channel.Streams.Count > 0 ? channel.Streams[0].StreamArn : null);
    }
}
