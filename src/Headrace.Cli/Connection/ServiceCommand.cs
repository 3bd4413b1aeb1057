using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Client;

namespace Headrace.Cli.Connection;

/// <summary>A command that talks to one service: has the connection's options and opens the service's client for each run.</summary>
/// <typeparam name="TClient">The client.</typeparam>
internal abstract class ServiceCommand<TClient> : ExampleCommand
    where TClient : IDisposable
{
    private readonly ConnectionOptions _connection = new();
    private readonly ServiceApi<TClient> _service;

    protected ServiceCommand(ServiceApi<TClient> service, CommandConsole console, string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        _service = service;
        Console = console;
        SetAction(RunWithClientAsync);
    }

    protected CommandConsole Console { get; }

    /// <summary>Called by the deriving command when it has added its own, so that these come last in the help.</summary>
    protected void AddConnectionOptions() => _connection.AddTo(this);

    /// <summary>What to connect to another service of the same place with.</summary>
    protected ClientOptions OptionsOf(ParseResult parsed, string service) => _connection.Of(parsed, service);

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    protected abstract Task<int> RunAsync(TClient client, ParseResult parsed, CancellationToken cancellation);

    private async Task<int> RunWithClientAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = _service.Open(_connection.Of(parsed, _service.Name));
        return await RunAsync(client, parsed, cancellation);
    }
}
