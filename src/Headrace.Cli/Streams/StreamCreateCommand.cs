using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Streams;

/// <summary><c>headrace streams create NAME [--shards N]</c>.</summary>
internal sealed class StreamCreateCommand : ServiceCommand<KinesisClient>
{
    private readonly Argument<string> _name = new("NAME") { Description = "1 to 128 letters, digits, '_', '.' and '-'" };
    private readonly Option<int?> _shards = new("--shards") { HelpName = "N", Description = "Number of shards; without it the stream is on demand and starts with 4" };

    public StreamCreateCommand(CommandConsole console)
        : base(ServiceApis.Kinesis, console, "create", "Create a data stream and wait until it is active.", "headrace streams create orders --shards 2")
    {
        Add(_name);
        Add(_shards);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_name);
        await kinesis.CreateStreamAsync(name, parsed.GetValue(_shards), cancellation);
        await kinesis.WaitUntilActiveAsync(name, cancellation);
        Console.Say($"stream {name} is active");
        return ExitCodes.Done;
    }
}
