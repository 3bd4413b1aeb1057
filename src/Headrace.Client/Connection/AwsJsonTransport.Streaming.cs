using System.Text.Json;
using Headrace.Protocol;

namespace Headrace.Client;

/// <summary>Calls that are answered by a stream of events.</summary>
internal sealed partial class AwsJsonTransport
{
    /// <summary>Calls an operation once and answers what comes behind the headers, as it comes. The caller disposes the response.</summary>
    /// <exception cref="KinesisException">The service refused.</exception>
    /// <exception cref="EndpointUnreachableException">Nobody answered.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string operation, Action<Utf8JsonWriter> writeMembers, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(1024);
        using (var writer = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        return await _http.OpenAsync(operation, body.WrittenMemory, cancellationToken);
    }
}
