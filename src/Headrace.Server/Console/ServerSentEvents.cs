using System.Text.Json;
using Headrace.Server.AwsJson;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Console;

/// <summary>
/// Answers with a stream of events that ends when the page goes or the server stops. So many at once and no more. Thread-safe.
/// </summary>
internal sealed class ServerSentEvents(CancellationToken stopping)
{
    private const int MaxOpen = 64;

    private int _open;

    /// <summary>Sends events for as long as <paramref name="send"/> runs; a connection that takes nothing holds it up.</summary>
    /// <exception cref="WireException">Too many are open.</exception>
    public async Task RespondAsync(HttpContext http, Func<Emit, CancellationToken, Task> send)
    {
        using var buffer = new PooledBuffer();
        if (Interlocked.Increment(ref _open) > MaxOpen)
        {
            Interlocked.Decrement(ref _open);
            throw new WireException(503, "ServiceUnavailable", $"{MaxOpen} consoles are watching already; close one of them.");
        }
        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
            http.Response.ContentType = "text/event-stream";
            await http.Response.StartAsync(ended.Token);
            await send((name, writeMembers) => EmitAsync(http, buffer, name, writeMembers, ended.Token), ended.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The answer ends here; the page tries again by itself.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>Sends one event whose data is a JSON object.</summary>
    public delegate ValueTask Emit(string name, Action<Utf8JsonWriter> writeMembers);

    private static async ValueTask EmitAsync(HttpContext http, PooledBuffer buffer, string name, Action<Utf8JsonWriter> writeMembers, CancellationToken cancellation)
    {
        buffer.Clear();
        Append(buffer, $"event: {name}\ndata: ");
        ConsoleJson.Write(buffer, writeMembers);
        Append(buffer, "\n\n");
        await http.Response.Body.WriteAsync(buffer.WrittenMemory, cancellation);
        await http.Response.Body.FlushAsync(cancellation);
    }

    private static void Append(PooledBuffer buffer, string text) => buffer.Advance(System.Text.Encoding.UTF8.GetBytes(text, buffer.GetSpan(text.Length)));
}
