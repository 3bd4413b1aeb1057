using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Headrace.Client.Tests.Cbor;

/// <summary>The network to a real server, which notes the formats of PutRecords' requests and may stand for a server that knows no CBOR.</summary>
internal sealed class FormatWatch(bool knowsCbor = true) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly Lock _lock = new();
    private readonly List<string> _formats = [];

    /// <summary>The last parts of the media types: <c>json</c> or <c>cbor</c>.</summary>
    public IReadOnlyList<string> Formats
    {
        get
        {
            lock (_lock)
                return [.. _formats];
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isCbor = request.Content!.Headers.ContentType!.MediaType == "application/x-amz-cbor-1.1";
        if (request.Headers.GetValues("X-Amz-Target").Single().EndsWith(".PutRecords", StringComparison.Ordinal))
        {
            lock (_lock)
                _formats.Add(isCbor ? "cbor" : "json");
        }
        if (!isCbor || knowsCbor)
            return await base.SendAsync(request, cancellationToken);
        var refusal = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"__type":"SerializationException"}"""));
        refusal.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        return new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = refusal };
    }
}
