using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Headrace.Client.Tests;

/// <summary>Answers calls in place of the network; a null answer is a connection that nobody accepts.</summary>
internal sealed class StubService(Func<string, JsonElement, (int Status, string Json)?> answer) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<string> _operations = [];

    public IReadOnlyList<string> Operations
    {
        get
        {
            lock (_lock)
                return [.. _operations];
        }
    }

    public HttpRequestMessage? LastRequest { get; private set; }

    /// <summary>The time that answers carry; null: none.</summary>
    public DateTimeOffset? Date { get; set; }

    /// <summary>An address where nobody is, calls that a test can read, and retries that come at once.</summary>
    public static ClientOptions Options { get; } = new() { EndpointUrl = new Uri("http://127.0.0.1:1"), RetryDelay = TimeSpan.Zero, UseCbor = false };

    public KinesisClient Client(ClientOptions? options = null, TimeProvider? time = null) => new(options ?? Options, this, time);

    public static (int Status, string Json) Error(string type, int status = 400) => (status, $$"""{"__type":"{{type}}","message":"because"}""");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1];
        using var members = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        (int Status, string Json)? result;
        // One call at a time, so that a test's own state needs no lock.
        lock (_lock)
        {
            LastRequest = request;
            _operations.Add(operation);
            result = answer(operation, members.RootElement);
        }
        if (result is not { } given)
            throw new HttpRequestException("Connection refused", new SocketException((int)SocketError.ConnectionRefused));
        var response = new HttpResponseMessage((HttpStatusCode)given.Status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(given.Json)) };
        response.Headers.Add("x-amzn-RequestId", "r-1");
        response.Headers.Date = Date;
        return response;
    }
}
