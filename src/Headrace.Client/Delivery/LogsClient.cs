using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Headrace.Client;

/// <summary>
/// As much of CloudWatch Logs as reads what went wrong with deliveries. Thread-safe. Every call throws <see cref="KinesisException"/> for
/// what the service refuses and <see cref="EndpointUnreachableException"/> when nobody answers.
/// </summary>
public sealed class LogsClient : IDisposable
{
    private readonly AwsJsonTransport _transport;

    /// <exception cref="InvalidOperationException">The environment or profile names no usable endpoint.</exception>
    public LogsClient(ClientOptions options) =>
        _transport = new AwsJsonTransport("logs", "Logs_20140328", options, handler: null, TimeProvider.System);

    /// <summary>The lines of a log stream in their order; pages are fetched as they are needed.</summary>
    /// <param name="group">The log group.</param>
    /// <param name="stream">The log stream.</param>
    /// <param name="since">Only lines from then on; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<DeliveryLogLine> ReadAsync(string group, string stream, DateTimeOffset? since = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? token = null;
        do
        {
            using var answer = await _transport.CallAsync("FilterLogEvents", w => Write(w, group, stream, since, token), cancellationToken);
            using var document = JsonDocument.Parse(answer.WrittenMemory);
            foreach (var line in document.RootElement.GetProperty("events").EnumerateArray())
                yield return new DeliveryLogLine(line.RequiredString("eventId"), DateTimeOffset.FromUnixTimeMilliseconds(line.OptionalInt64("timestamp") ?? 0), line.RequiredString("message"));
            token = document.RootElement.OptionalString("nextToken");
        }
        while (token is not null);
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private static void Write(Utf8JsonWriter writer, string group, string stream, DateTimeOffset? since, string? token)
    {
        writer.WriteString("logGroupName", group);
        writer.WriteStartArray("logStreamNames");
        writer.WriteStringValue(stream);
        writer.WriteEndArray();
        if (since is { } time)
            writer.WriteNumber("startTime", time.ToUnixTimeMilliseconds());
        if (token is not null)
            writer.WriteString("nextToken", token);
    }
}
