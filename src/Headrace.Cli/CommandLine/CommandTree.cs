using System.CommandLine;
using Headrace.Cli.Buckets;
using Headrace.Cli.Channels;
using Headrace.Cli.Consume;
using Headrace.Cli.Delivery;
using Headrace.Cli.Demo;
using Headrace.Cli.Etl;
using Headrace.Cli.Produce;
using Headrace.Cli.Serve;
using Headrace.Cli.Streams;
using Headrace.Cli.Top;

namespace Headrace.Cli.CommandLine;

/// <summary>The whole command: what can be typed after <c>headrace</c>.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CommandConsole console)
    {
        var root = new RootCommand("Streaming ingestion on one node: Kinesis, Firehose and S3 in one durable program.")
        {
            new ServeCommand(console),
            new ProduceCommand(console),
            new ConsumeCommand(console),
            new EtlCommand(console),
            new StreamsCommand(console),
            new BucketsCommand(console),
            new DeliveryCommand(console),
            new ChannelsCommand(console),
            new TopCommand(console),
            new DemoCommand(console),
        };
        root.HelpName = "headrace";
        ExampleHelp.Install(root);
        return root;
    }
}
