using System.Text;
using System.Text.Json;
using Headrace.Protocol.Cbor;
using Headrace.Protocol.EventStream;
using Headrace.Server.AwsJson;
using Headrace.ShardLog;
using Headrace.Streams.Subscriptions;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Kinesis.Consumers;

/// <summary>
/// Carries one subscription's events to its client. The next page is read only after the connection took the last one, and while
/// nothing is due no memory is held for either.
/// </summary>
internal sealed class SubscriptionPush(ShardSubscription subscription, AwsJsonRequest request)
{
    /// <summary>A frame goes to the connection in pieces of so many bytes, so that it never buffers a whole large one.</summary>
    private const int PieceBytes = 64 * 1024;

    private readonly HttpContext _http = request.Http;
    private readonly bool _cbor = request.Format == WireFormat.Cbor;
    private readonly string _contentType = AwsJsonEncoding.ContentTypeOf(request.Format);

    /// <summary>Completes when the subscription has ended and the client was told why, or when the client has gone.</summary>
    public async Task RunAsync()
    {
        using var cut = subscription.Cut.UnsafeRegister(static http => ((HttpContext)http!).Abort(), _http);
        _http.Response.ContentType = EventFrame.ContentType;
        using (var frame = new PooledBuffer(256))
        {
            EventFrameWriter.Begin(frame, EventFrameWriter.EventHeaders("initial-response", _contentType));
            if (_cbor)
            {
                frame.BeginMap();
                frame.EndContainer();
            }
            else
            {
                frame.Append("{}"u8);
            }
            await SendAsync(frame);
        }
        try
        {
            while (await subscription.WaitAsync(_http.RequestAborted))
                await PushAsync();
        }
        catch (LogDamagedException)
        {
            await ThrowAsync("InternalFailureException", "The records could not be read: bytes on the server's disk are damaged.");
            return;
        }
        catch (Exception) when (subscription.End is not null && !_http.RequestAborted.IsCancellationRequested)
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
        var headers = EventFrameWriter.EventHeaders("SubscribeToShardEvent", _contentType);
        do
        {
            var pushed = await subscription.ReadAsync(page, _http.RequestAborted);
            EventFrameWriter.Begin(frame, headers);
            if (_cbor)
                SubscriptionCborPayload.Append(frame, pushed, page, subscription.Consumer.Stream.Encryption);
            else
                SubscriptionPayload.Append(frame, pushed, page, subscription.Consumer.Stream.Encryption);
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
        EventFrameWriter.Begin(frame, EventFrameWriter.ExceptionHeaders(type, _contentType));
        if (_cbor)
            WriteCbor(frame, message);
        else
            WriteJson(frame, message);
        await SendAsync(frame);
    }

    private static void WriteJson(PooledBuffer frame, string message)
    {
        using var writer = new Utf8JsonWriter(frame, new JsonWriterOptions { Encoder = AwsJsonEncoding.Relaxed });
        writer.WriteStartObject();
        writer.WriteString("message", message);
        writer.WriteEndObject();
    }

    private static void WriteCbor(PooledBuffer frame, string message)
    {
        frame.BeginMap();
        frame.AppendText("message"u8);
        frame.AppendText(Encoding.UTF8.GetBytes(message));
        frame.EndContainer();
    }

    private async Task SendAsync(PooledBuffer frame)
    {
        EventFrameWriter.End(frame);
        for (var sent = 0; sent < frame.Length; sent += PieceBytes)
        {
            var piece = frame.WrittenMemory.Slice(sent, Math.Min(PieceBytes, frame.Length - sent));
            await _http.Response.BodyWriter.WriteAsync(piece, _http.RequestAborted);
        }
    }
}
