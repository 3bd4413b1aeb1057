using System.CommandLine;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Output;

namespace Headrace.Cli.Connection;

/// <summary>A command <c>list</c>, which shows everything of a kind, a line each.</summary>
/// <typeparam name="TClient">The service's client.</typeparam>
/// <typeparam name="TItem">What is listed.</typeparam>
internal abstract class ListCommand<TClient, TItem> : ServiceCommand<TClient>
    where TClient : IDisposable
{
    private readonly OutputOption _output = new();

    protected ListCommand(ServiceApi<TClient> service, CommandConsole console, string description, params string[] examples)
        : base(service, console, "list", description, examples)
    {
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected abstract IAsyncEnumerable<TItem> ListAsync(TClient client, ParseResult parsed, CancellationToken cancellation);

    /// <summary>The line for people.</summary>
    protected abstract string TextOf(TItem item);

    /// <summary>The members of the line for programs.</summary>
    protected abstract void WriteJson(Utf8JsonWriter json, TItem item);

    protected sealed override async Task<int> RunAsync(TClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        await foreach (var item in ListAsync(client, parsed, cancellation))
        {
            if (format == OutputFormat.Json)
                Console.Output.WriteJson(item, WriteJson);
            else
                Console.Output.WriteLine(TextOf(item));
        }
        return ExitCodes.Done;
    }
}
