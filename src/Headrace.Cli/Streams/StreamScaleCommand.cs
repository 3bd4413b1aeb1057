using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Streams;

/// <summary><c>headrace streams scale NAME --shards N</c>.</summary>
internal sealed class StreamScaleCommand : ServiceCommand<KinesisClient>
{
    private readonly Argument<string> _name = new("NAME");
    private readonly Option<int> _shards = new("--shards") { HelpName = "N", Description = "How many open shards it shall have", Required = true };

    public StreamScaleCommand(CommandConsole console)
        : base(ServiceApis.Kinesis, console, "scale", "Change the number of a stream's open shards, evenly.", "headrace streams scale orders --shards 4")
    {
        Add(_name);
        Add(_shards);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_name);
        await kinesis.UpdateShardCountAsync(name, parsed.GetRequiredValue(_shards), cancellation);
        await kinesis.WaitUntilActiveAsync(name, cancellation);
        Console.Say($"stream {name} has {parsed.GetRequiredValue(_shards)} open shards");
        return ExitCodes.Done;
    }
}
