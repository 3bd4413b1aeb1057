using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Streams;

/// <summary><c>headrace streams</c>: data streams and their shards.</summary>
internal sealed class StreamsCommand : ExampleCommand
{
    public StreamsCommand(CommandConsole console)
        : base("streams", "Work with data streams and their shards.", "headrace streams create orders --shards 2", "headrace streams describe orders")
    {
        Add(new StreamCreateCommand(console));
        Add(new StreamListCommand(console));
        Add(new StreamDescribeCommand(console));
        Add(new StreamDeleteCommand(console));
        Add(new ShardSplitCommand(console));
        Add(new ShardMergeCommand(console));
        Add(new StreamScaleCommand(console));
    }
}
