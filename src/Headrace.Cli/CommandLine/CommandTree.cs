using System.CommandLine;
using Headrace.Cli.Serve;

namespace Headrace.Cli.CommandLine;

/// <summary>The whole command: what can be typed after <c>headrace</c>.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CommandConsole console)
    {
        var root = new RootCommand("Streaming ingestion on one node: Kinesis, Firehose and S3 in one durable program.")
        {
            new ServeCommand(console),
        };
        ExampleHelp.Install(root);
        return root;
    }
}
