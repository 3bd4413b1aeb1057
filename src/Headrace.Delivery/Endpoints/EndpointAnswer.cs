using System.Net;
using System.Net.Mime;
using System.Text;
using System.Text.Json;

namespace Headrace.Delivery.Endpoints;

/// <summary>Tells whether a web service's answer acknowledges a request, as Firehose's delivery protocol has it.</summary>
internal static class EndpointAnswer
{
    private const int MaxBytes = 1024 * 1024;
    private const int MaxShown = 1_000;

    /// <summary>Null where it does; otherwise AWS's code and what is wrong.</summary>
    public static async Task<(string Code, string Message)?> CheckAsync(HttpResponseMessage response, string requestId, CancellationToken cancellation)
    {
        var body = await ReadAsync(response.Content, cancellation);
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, MaxShown)));
        if (response.StatusCode != HttpStatusCode.OK)
            return ("HttpEndpoint.DestinationException", $"The following response was received from the endpoint destination. {(int)response.StatusCode}: {text}");
        if (body.Length > MaxBytes)
            return ("HttpEndpoint.InvalidResponseFromDestination", "The response from the endpoint is longer than 1 MiB.");
        if (response.Content.Headers.ContentType?.MediaType is not MediaTypeNames.Application.Json)
            return ("HttpEndpoint.InvalidResponseFromDestination", "The response from the endpoint has another content type than application/json.");
        return IdOf(body) switch
        {
            null => ("HttpEndpoint.InvalidResponseFromDestination", $"The response received from the endpoint is invalid. {text}"),
            var given when given != requestId => ("HttpEndpoint.ResponseMismatch", $"The response of the endpoint is for the request {given}, not for {requestId}."),
            _ => null,
        };
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; body.Length <= MaxBytes && (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
            body.Write(buffer, 0, read);
        return body.ToArray();
    }

    private static string? IdOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("requestId", out var id) && id.ValueKind == JsonValueKind.String
                && root.TryGetProperty("timestamp", out var time) && time.ValueKind == JsonValueKind.Number
                ? id.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
