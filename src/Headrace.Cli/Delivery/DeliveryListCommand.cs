using System.CommandLine;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Delivery;

/// <summary><c>headrace delivery list</c>.</summary>
internal sealed class DeliveryListCommand(CommandConsole console)
    : ListCommand<FirehoseClient, string>(ServiceApis.Firehose, console, "List the delivery streams by name.", "headrace delivery list")
{
    protected override IAsyncEnumerable<string> ListAsync(FirehoseClient firehose, ParseResult parsed, CancellationToken cancellation) => firehose.ListDeliveryStreamsAsync(cancellation);

    protected override string TextOf(string name) => name;

    protected override void WriteJson(Utf8JsonWriter json, string name) => json.WriteString("deliveryStreamName", name);
}
