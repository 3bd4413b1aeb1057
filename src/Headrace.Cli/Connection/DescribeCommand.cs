using System.CommandLine;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Output;

namespace Headrace.Cli.Connection;

/// <summary>A command that shows one thing, which is named as its argument.</summary>
/// <typeparam name="TClient">The service's client.</typeparam>
/// <typeparam name="TSubject">What is known of the thing.</typeparam>
internal abstract class DescribeCommand<TClient, TSubject> : ServiceCommand<TClient>
    where TClient : IDisposable
{
    private readonly Argument<string> _subject;
    private readonly OutputOption _output = new();

    protected DescribeCommand(ServiceApi<TClient> service, CommandConsole console, string name, Argument<string> subject, string description, string example)
        : base(service, console, name, description, example)
    {
        _subject = subject;
        Add(_subject);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    /// <summary>Asks the service for what is shown.</summary>
    protected abstract Task<TSubject> FindAsync(TClient client, string name, CancellationToken cancellation);

    /// <summary>The lines for people.</summary>
    protected abstract IEnumerable<string> LinesOf(TSubject subject);

    /// <summary>The members of the object for programs.</summary>
    protected abstract void WriteJson(Utf8JsonWriter json, TSubject subject);

    protected sealed override async Task<int> RunAsync(TClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        var subject = await FindAsync(client, parsed.GetRequiredValue(_subject), cancellation);
        if (format == OutputFormat.Json)
        {
            Console.Output.WriteJson(subject, WriteJson);
            return ExitCodes.Done;
        }
        foreach (var line in LinesOf(subject))
            Console.Output.WriteLine(line);
        return ExitCodes.Done;
    }
}
