using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Delivery;

/// <summary>A command that talks to the Firehose API: has the connection's options and opens the client for each run.</summary>
internal abstract class FirehoseCommand : ExampleCommand
{
    private readonly ConnectionOptions _connection = new();

    protected FirehoseCommand(CommandConsole console, string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Console = console;
        SetAction(RunWithClientAsync);
    }

    protected CommandConsole Console { get; }

    /// <summary>Called by the deriving command when it has added its own, so that these come last in the help.</summary>
    protected void AddConnectionOptions() => _connection.AddTo(this);

    protected ClientOptions ConnectionOf(ParseResult parsed) => _connection.Of(parsed, "firehose");

    protected abstract Task RunAsync(FirehoseClient firehose, ParseResult parsed, CancellationToken cancellation);

    private async Task<int> RunWithClientAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var firehose = new FirehoseClient(_connection.Of(parsed, "firehose"));
        await RunAsync(firehose, parsed, cancellation);
        return ExitCodes.Done;
    }
}
