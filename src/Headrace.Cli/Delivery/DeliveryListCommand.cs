using System.CommandLine;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Delivery;

/// <summary><c>headrace delivery list</c>.</summary>
internal sealed class DeliveryListCommand : ServiceCommand<FirehoseClient>
{
    private readonly OutputOption _output = new();

    public DeliveryListCommand(CommandConsole console)
        : base(ServiceApis.Firehose, console, "list", "List the delivery streams by name.", "headrace delivery list")
    {
        _output.AddTo(this);
        AddConnectionOptions();
    }

    protected override async Task<int> RunAsync(FirehoseClient firehose, ParseResult parsed, CancellationToken cancellation)
    {
        var format = _output.Of(parsed);
        await foreach (var name in firehose.ListDeliveryStreamsAsync(cancellation))
        {
            if (format == OutputFormat.Json)
                Console.Output.WriteJson(name, static (json, name) => json.WriteString("deliveryStreamName", name));
            else
                Console.Output.WriteLine(name);
        }
        return ExitCodes.Done;
    }
}
