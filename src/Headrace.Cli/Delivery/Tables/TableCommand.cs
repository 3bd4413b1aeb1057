using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Delivery.Tables;

/// <summary>A command that talks to the catalog of tables: has the connection's options and opens the client for each run.</summary>
internal abstract class TableCommand : ExampleCommand
{
    private readonly ConnectionOptions _connection = new();

    protected TableCommand(CommandConsole console, string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Console = console;
        SetAction(RunWithClientAsync);
    }

    protected CommandConsole Console { get; }

    /// <summary>Called by the deriving command when it has added its own, so that these come last in the help.</summary>
    protected void AddConnectionOptions() => _connection.AddTo(this);

    protected abstract Task RunAsync(CatalogClient catalog, ParseResult parsed, CancellationToken cancellation);

    private async Task<int> RunWithClientAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var catalog = new CatalogClient(_connection.Of(parsed, "glue"));
        await RunAsync(catalog, parsed, cancellation);
        return ExitCodes.Done;
    }
}
