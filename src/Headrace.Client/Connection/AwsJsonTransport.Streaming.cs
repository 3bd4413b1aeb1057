using System.Buffers;
using System.Net;
using System.Text.Json;

namespace Headrace.Client;

/// <summary>Calls that are answered by a stream of events.</summary>
internal sealed partial class AwsJsonTransport
{
    /// <summary>
    /// Calls an operation once and answers what comes behind the headers, as it comes: over HTTP/2 where the server offers it with TLS, otherwise over
    /// HTTP/1.1. The caller disposes the response.
    /// </summary>
    /// <exception cref="KinesisException">The service refused.</exception>
    /// <exception cref="EndpointUnreachableException">Nobody answered.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string operation, Action<Utf8JsonWriter> writeMembers, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        using var request = await SignAsync(operation, body.WrittenMemory, new Invocation(), cancellationToken);
        if (Endpoint.Scheme == Uri.UriSchemeHttps)
            request.Version = HttpVersion.Version20;
        using var timeout = new CancellationTokenSource(AnswerTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        HttpResponseMessage? response = null;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                throw Error(response, await response.Content.ReadAsByteArrayAsync(either.Token));
            var opened = response;
            response = null;
            return opened;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EndpointUnreachableException(Endpoint, $"no answer within {AnswerTimeout.TotalSeconds:0} s", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new EndpointUnreachableException(Endpoint, e.GetBaseException().Message.ReplaceLineEndings(" "), e);
        }
        finally
        {
            response?.Dispose();
        }
    }
}
