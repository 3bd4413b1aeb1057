using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Channels;

/// <summary><c>headrace channels</c>: channels of Kinesis.</summary>
internal sealed class ChannelsCommand : ExampleCommand
{
    public ChannelsCommand(CommandConsole console)
        : base(
            "channels",
            "Work with channels, which carry a data stream's records into a bucket.",
            "headrace channels create --name to-lake --stream orders --bucket lake --freshness 5",
            "headrace channels list")
    {
        Add(new ChannelCreateCommand(console));
        Add(new ChannelListCommand(console));
        Add(new ChannelDescribeCommand(console));
        Add(new ChannelLogsCommand(console));
        Add(new ChannelUpdateCommand(console));
        Add(new ChannelDeleteCommand(console));
    }
}
