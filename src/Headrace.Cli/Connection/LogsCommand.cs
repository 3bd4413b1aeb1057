using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Connection;

/// <summary>A command <c>logs</c>, which shows what went wrong with something that delivers.</summary>
/// <typeparam name="TClient">The client of the service that knows where that is logged.</typeparam>
internal abstract class LogsCommand<TClient> : ServiceCommand<TClient>
    where TClient : IDisposable
{
    /// <summary>The log stream where no other is configured.</summary>
    protected const string UsualStream = "DestinationDelivery";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Argument<string> _subject;
    private readonly Option<bool> _follow = new("--follow") { Description = "Go on showing what comes" };
    private readonly OutputOption _output = new();

    protected LogsCommand(ServiceApi<TClient> service, CommandConsole console, Argument<string> subject, string description, string example)
        : base(service, console, "logs", description, example)
    {
        _subject = subject;
        Add(_subject);
        Add(_follow);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    /// <summary>Where its errors are logged.</summary>
    protected abstract Task<(string Group, string Stream)> LogOfAsync(TClient client, string name, CancellationToken cancellation);

    protected sealed override async Task<int> RunAsync(TClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        var (group, stream) = await LogOfAsync(client, parsed.GetRequiredValue(_subject), cancellation);
        using var logs = new LogsClient(OptionsOf(parsed, "logs"));
        var shown = new HashSet<string>(StringComparer.Ordinal);
        DateTimeOffset? since = null;
        do
        {
            await foreach (var line in logs.ReadAsync(group, stream, since, cancellation))
            {
                if (!shown.Add(line.Id))
                    continue;
                since = line.At;
                Write(line, format);
            }
            if (parsed.GetValue(_follow))
                await Task.Delay(Look, cancellation);
        }
        while (parsed.GetValue(_follow));
        return ExitCodes.Done;
    }

    private void Write(DeliveryLogLine line, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            Console.Output.WriteJson(line, static (json, line) =>
            {
                json.WriteString("timestamp", line.At);
                json.WritePropertyName("event");
                json.WriteRawValue(line.Message);
            });
            return;
        }
        using var message = JsonDocument.Parse(line.Message);
        string Member(string name) => message.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        Console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.At:yyyy-MM-ddTHH:mm:ss.fffZ}  {Member("errorCode")}  {Member("message")}"));
    }
}
