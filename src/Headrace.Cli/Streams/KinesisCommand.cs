using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Streams;

/// <summary>A command that talks to the Kinesis API: has the connection's options and opens the client for each run.</summary>
internal abstract class KinesisCommand : ExampleCommand
{
    private readonly ConnectionOptions _connection = new();

    protected KinesisCommand(CommandConsole console, string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Console = console;
        SetAction(RunWithClientAsync);
    }

    protected CommandConsole Console { get; }

    /// <summary>Called by the deriving command when it has added its own, so that these come last in the help.</summary>
    protected void AddConnectionOptions() => _connection.AddTo(this);

    /// <summary>What to connect to another service of the same place with.</summary>
    protected ClientOptions OptionsOf(ParseResult parsed, string service) => _connection.Of(parsed, service);

    protected abstract Task<int> RunAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation);

    private async Task<int> RunWithClientAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var kinesis = new KinesisClient(_connection.Of(parsed, "kinesis"));
        return await RunAsync(kinesis, parsed, cancellation);
    }
}
