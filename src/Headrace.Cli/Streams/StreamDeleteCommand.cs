using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Streams;

/// <summary><c>headrace streams delete NAME</c>.</summary>
internal sealed class StreamDeleteCommand : ServiceCommand<KinesisClient>
{
    private readonly Argument<string> _name = new("NAME");

    public StreamDeleteCommand(CommandConsole console)
        : base(ServiceApis.Kinesis, console, "delete", "Delete a data stream and everything in it.", "headrace streams delete orders")
    {
        Add(_name);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_name);
        await kinesis.DeleteStreamAsync(name, cancellation);
        Console.Say($"stream {name} is being deleted");
        return ExitCodes.Done;
    }
}
