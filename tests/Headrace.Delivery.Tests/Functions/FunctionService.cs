using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headrace.Delivery.Tests.Endpoints;

namespace Headrace.Delivery.Tests.Functions;

/// <summary>A real endpoint with Lambda's Invoke API, whose one function is a test's.</summary>
internal sealed class FunctionService : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;
    private readonly Func<string, JsonNode?> _function;
    private int _invocations;

    private FunctionService(HttpListener listener, string url, Func<string, JsonNode?> function)
    {
        _listener = listener;
        _function = function;
        Address = new Uri(url);
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>By the number of the invocation, from 1 on: answers in the function's stead, with a status, a header of a failed function, or another body.</summary>
    public Func<int, (int Status, bool IsFunctionError, string Body)?> Instead { get; set; } = _ => null;

    public ConcurrentQueue<JsonElement> Events { get; } = new();

    public ConcurrentQueue<string> Paths { get; } = new();

    /// <param name="function">Given a record's text, gives result, data (as text) and metadata.</param>
    public static FunctionService Start(Func<string, JsonNode?> function)
    {
        var (listener, url) = LocalListener.Start("");
        return new FunctionService(listener, url, function);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                await AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.InputStream);
        Events.Enqueue(body.RootElement.Clone());
        Paths.Enqueue(http.Request.RawUrl!);
        var instead = Instead(++_invocations);
        http.Response.StatusCode = instead?.Status ?? 200;
        if (instead is { IsFunctionError: true })
            http.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
        await http.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(instead?.Body ?? Run(body.RootElement)));
        http.Response.Close();
    }

    private string Run(JsonElement given)
    {
        var records = new JsonArray();
        foreach (var record in given.GetProperty("records").EnumerateArray())
        {
            if (_function(Encoding.UTF8.GetString(record.GetProperty("data").GetBytesFromBase64())) is not { } made)
                continue;
            made["recordId"] = record.GetProperty("recordId").GetString();
            made["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(made["data"]?.GetValue<string>() ?? ""));
            records.Add(made);
        }
        return new JsonObject { ["records"] = records }.ToJsonString();
    }
}
