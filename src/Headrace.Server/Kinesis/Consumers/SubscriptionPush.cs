using System.Text.Json;
using Headrace.Server.AwsJson;
using Headrace.Server.EventStream;
using Headrace.ShardLog;
using Headrace.Streams.Subscriptions;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Kinesis.Consumers;

/// <summary>
/// Carries one subscription's events to its client. The next page is read only after the connection took the last one, and while
/// nothing is due no memory is held for either.
/// </summary>
internal sealed class SubscriptionPush(ShardSubscription subscription, HttpContext http)
{
    /// <summary>A frame goes to the connection in pieces of so many bytes, so that it never buffers a whole large one.</summary>
    private const int PieceBytes = 64 * 1024;

    private static readonly byte[] InitialResponse = EventFrame.EventHeaders("initial-response", AwsJsonEncoding.ContentType);
    private static readonly byte[] Event = EventFrame.EventHeaders("SubscribeToShardEvent", AwsJsonEncoding.ContentType);

    /// <summary>Completes when the subscription has ended and the client was told why, or when the client has gone.</summary>
    public async Task RunAsync()
    {
        using var cut = subscription.Cut.UnsafeRegister(static http => ((HttpContext)http!).Abort(), http);
        http.Response.ContentType = EventFrame.ContentType;
        using (var frame = new PooledBuffer(256))
        {
            EventFrame.Begin(frame, InitialResponse);
            frame.Append("{}"u8);
            await SendAsync(frame);
        }
        try
        {
            while (await subscription.WaitAsync(http.RequestAborted))
                await PushAsync();
        }
        catch (LogDamagedException)
        {
            await ThrowAsync("InternalFailureException", "The records could not be read: bytes on the server's disk are damaged.");
            return;
        }
        catch (Exception) when (subscription.End is not null && !http.RequestAborted.IsCancellationRequested)
        {
            // The log was closed under the read: the reason follows.
        }
        await TellEndAsync();
    }

    /// <summary>Pushes all that is there now.</summary>
    private async Task PushAsync()
    {
        using var page = new RecordPage();
        using var frame = new PooledBuffer();
        do
        {
            var pushed = await subscription.ReadAsync(page, http.RequestAborted);
            EventFrame.Begin(frame, Event);
            SubscriptionPayload.Append(frame, pushed, page);
            await SendAsync(frame);
        }
        while (subscription.Position < page.End && subscription.End is null && !subscription.IsLifeOver);
    }

    private async Task TellEndAsync()
    {
        var consumer = subscription.Consumer;
        switch (subscription.End)
        {
            case SubscriptionEnd.TakenOver:
                await ThrowAsync("ResourceInUseException", $"Consumer {consumer.Arn} has subscribed to shard {subscription.Shard.Id} anew.");
                break;
            case SubscriptionEnd.ConsumerGone:
                await ThrowAsync("ResourceNotFoundException", $"Consumer {consumer.Name}, account {consumer.Stream.Scope.AccountId} not found.");
                break;
            default:
                // The stream of events just ends.
                break;
        }
    }

    private async Task ThrowAsync(string type, string message)
    {
        using var frame = new PooledBuffer(512);
        EventFrame.Begin(frame, EventFrame.ExceptionHeaders(type, AwsJsonEncoding.ContentType));
        using (var writer = new Utf8JsonWriter(frame, new JsonWriterOptions { Encoder = AwsJsonEncoding.Relaxed }))
        {
            writer.WriteStartObject();
            writer.WriteString("message", message);
            writer.WriteEndObject();
        }
        await SendAsync(frame);
    }

    private async Task SendAsync(PooledBuffer frame)
    {
        EventFrame.End(frame);
        for (var sent = 0; sent < frame.Length; sent += PieceBytes)
        {
            var piece = frame.WrittenMemory.Slice(sent, Math.Min(PieceBytes, frame.Length - sent));
            await http.Response.BodyWriter.WriteAsync(piece, http.RequestAborted);
        }
    }
}
