using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Headrace.Delivery.Tests.Endpoints;

/// <summary>A real web service that takes Firehose's requests, and answers as a test says.</summary>
internal sealed class WebService : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;
    private readonly TaskCompletionSource _stopped = new();

    private WebService(HttpListener listener, string url)
    {
        _listener = listener;
        Url = url;
        _serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>Decides an answer by the number of its request, from 1 on; null answers as Firehose expects it.</summary>
    public Func<int, Answer?> Answers { get; set; } = _ => null;

    public ConcurrentQueue<Request> Requests { get; } = new();

    /// <summary>The records of the requests that were acknowledged, each request taken once however often it came.</summary>
    public IEnumerable<string> Taken => Requests.Where(request => request.IsAcknowledged).DistinctBy(request => request.Id).SelectMany(request => request.Records);

    public static WebService Start()
    {
        var (listener, url) = LocalListener.Start("take/");
        return new WebService(listener, url);
    }

    public async ValueTask DisposeAsync()
    {
        _stopped.SetResult();
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            for (var number = 1; ; number++)
                _ = AnswerAsync(await _listener.GetContextAsync(), number);
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext http, int number)
    {
        var packed = http.Request.Headers["Content-Encoding"] == "gzip";
        using var reader = new StreamReader(packed ? new GZipStream(http.Request.InputStream, CompressionMode.Decompress) : http.Request.InputStream);
        using var body = JsonDocument.Parse(await reader.ReadToEndAsync());
        var id = http.Request.Headers["X-Amz-Firehose-Request-Id"]!;
        var answer = Answers(number);
        Requests.Enqueue(new Request(
            id,
            http.Request.Headers.AllKeys.ToDictionary(key => key!, key => http.Request.Headers[key]!, StringComparer.OrdinalIgnoreCase),
            body.RootElement.GetProperty("requestId").GetString()!,
            [.. body.RootElement.GetProperty("records").EnumerateArray().Select(record => Encoding.UTF8.GetString(record.GetProperty("data").GetBytesFromBase64()))],
            answer is null));
        try
        {
            if (answer is { Status: 0 })
                await _stopped.Task;
            http.Response.StatusCode = answer?.Status ?? 200;
            http.Response.ContentType = answer?.ContentType ?? "application/json";
            await http.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer?.Body ?? $$"""{"requestId":"{{id}}","timestamp":1578090903599}"""));
            http.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The client had no patience.
        }
    }

    /// <param name="Status">0: none ever comes.</param>
    /// <param name="Body">Null: the right one.</param>
    /// <param name="ContentType">Null: the right one.</param>
    public sealed record Answer(int Status, string? Body = null, string? ContentType = null);

    public sealed record Request(string Id, Dictionary<string, string> Headers, string BodyId, string[] Records, bool IsAcknowledged);
}
