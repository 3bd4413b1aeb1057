using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Delivery;

/// <summary><c>headrace delivery logs NAME</c>: what went wrong with a delivery stream.</summary>
internal sealed class DeliveryLogsCommand : ServiceCommand<FirehoseClient>
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Argument<string> _name = new("NAME");
    private readonly Option<bool> _follow = new("--follow") { Description = "Go on showing what comes" };
    private readonly OutputOption _output = new();

    public DeliveryLogsCommand(CommandConsole console)
        : base(ServiceApis.Firehose, console, "logs", "Show what went wrong with a delivery stream.", "headrace delivery logs orders-to-lake --follow")
    {
        Add(_name);
        Add(_follow);
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(FirehoseClient firehose, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        var stream = await firehose.DescribeDeliveryStreamAsync(parsed.GetRequiredValue(_name), cancellation);
        using var logs = new LogsClient(OptionsOf(parsed, "firehose"));
        var shown = new HashSet<string>(StringComparer.Ordinal);
        DateTimeOffset? since = null;
        do
        {
            await foreach (var line in logs.ReadAsync(stream.LogGroup ?? $"/aws/kinesisfirehose/{stream.Name}", stream.LogStream ?? "DestinationDelivery", since, cancellation))
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
