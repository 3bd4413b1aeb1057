using System.CommandLine;
using System.Text.Json;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Connection;
using Headrace.Client;

namespace Headrace.Cli.Streams;

/// <summary><c>headrace streams list</c>.</summary>
internal sealed class StreamListCommand(CommandConsole console)
    : ListCommand<KinesisClient, string>(ServiceApis.Kinesis, console, "List the data streams by name.", "headrace streams list")
{
    protected override IAsyncEnumerable<string> ListAsync(KinesisClient kinesis, ParseResult parsed, CancellationToken cancellation) => kinesis.ListStreamsAsync(cancellation);

    protected override string TextOf(string name) => name;

    protected override void WriteJson(Utf8JsonWriter json, string name) => json.WriteString("streamName", name);
}
