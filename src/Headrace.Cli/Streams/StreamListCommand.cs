using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Streams;

/// <summary><c>headrace streams list</c>.</summary>
internal sealed class StreamListCommand : ServiceCommand<KinesisClient>
{
    private readonly OutputOption _output = new();

    public StreamListCommand(CommandConsole console)
        : base(ServiceApis.Kinesis, console, "list", "List the data streams by name.", "headrace streams list")
    {
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        await foreach (var name in kinesis.ListStreamsAsync(cancellation))
        {
            if (format == OutputFormat.Json)
                Console.Output.WriteJson(name, static (json, name) => json.WriteString("streamName", name));
            else
                Console.Output.WriteLine(name);
        }
        return ExitCodes.Done;
    }
}
