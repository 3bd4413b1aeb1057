using System.Net;
using System.Text.Json;
using Headrace.Protocol.EventStream;

namespace Headrace.Client;

/// <summary>Reads a subscription's frames into events.</summary>
internal static class SubscriptionFrames
{
    /// <summary>The event of the frame that bytes begin with; null where the frame is not whole yet, or says nothing.</summary>
    /// <param name="bytes">What has come and was not read yet.</param>
    /// <param name="length">Bytes of the frame; 0 when it is not whole yet.</param>
    /// <exception cref="KinesisException">The frame is an exception: the subscription ends with it.</exception>
    /// <exception cref="InvalidDataException">The bytes are no frames.</exception>
    public static SubscribeToShardEvent? Read(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (!EventFrame.TryRead(bytes, out var frame))
            return null;
        length = frame.Length;
        if (frame.Header(":message-type"u8).SequenceEqual("exception"u8))
            throw Failure(frame);
        return frame.Header(":event-type"u8).SequenceEqual("SubscribeToShardEvent"u8) ? Event(frame.Payload) : null;
    }

    private static KinesisException Failure(EventFrame frame)
    {
        var type = frame.HeaderText(":exception-type"u8);
        var status = type.StartsWith("Internal", StringComparison.Ordinal) ? HttpStatusCode.InternalServerError : HttpStatusCode.BadRequest;
        string? message = null;
        try
        {
            var reader = new Utf8JsonReader(frame.Payload);
            using var document = JsonDocument.ParseValue(ref reader);
            message = document.RootElement.OptionalString("message") ?? document.RootElement.OptionalString("Message");
        }
        catch (JsonException)
        {
            // Its type says enough.
        }
        return new KinesisException(type, message ?? "the subscription ended", status, requestId: null);
    }

    private static SubscribeToShardEvent Event(ReadOnlySpan<byte> payload)
    {
        var page = RecordsPage.Read(payload, "ContinuationSequenceNumber"u8);
        return new SubscribeToShardEvent(page.Records, page.Next, page.MillisBehindLatest, page.Children);
    }
}
