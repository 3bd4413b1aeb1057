using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Headrace.Server.AwsJson;

namespace Headrace.Server.EventStream;

/// <summary>
/// One frame of <c>application/vnd.amazon.eventstream</c>: the whole length, the headers' length and these eight bytes' CRC-32; the
/// headers; the payload; the CRC-32 of all before it. Numbers are big-endian.
/// </summary>
internal static class EventFrame
{
    public const string ContentType = "application/vnd.amazon.eventstream";

    private const int PreludeBytes = 12;
    private const byte StringHeader = 7;

    /// <summary>The headers of an event, such as <c>SubscribeToShardEvent</c>.</summary>
    public static byte[] EventHeaders(string eventType, string contentType) =>
        Headers((":message-type", "event"), (":event-type", eventType), (":content-type", contentType));

    /// <summary>The headers of an exception, which is the last frame of its stream.</summary>
    public static byte[] ExceptionHeaders(string exceptionType, string contentType) =>
        Headers((":message-type", "exception"), (":exception-type", exceptionType), (":content-type", contentType));

    /// <summary>Begins a frame in an empty buffer; its payload is appended next.</summary>
    public static void Begin(PooledBuffer frame, ReadOnlySpan<byte> headers)
    {
        frame.Clear();
        var start = frame.GetSpan(PreludeBytes + headers.Length);
        BinaryPrimitives.WriteInt32BigEndian(start[4..], headers.Length);
        headers.CopyTo(start[PreludeBytes..]);
        frame.Advance(PreludeBytes + headers.Length);
    }

    /// <summary>Completes the frame, whose payload is behind its headers now.</summary>
    public static void End(PooledBuffer frame)
    {
        var prelude = frame.Written(0, PreludeBytes);
        BinaryPrimitives.WriteInt32BigEndian(prelude, frame.Length + sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(prelude[8..], Crc32.HashToUInt32(prelude[..8]));
        BinaryPrimitives.WriteUInt32BigEndian(frame.GetSpan(sizeof(uint)), Crc32.HashToUInt32(frame.WrittenSpan));
        frame.Advance(sizeof(uint));
    }

    private static byte[] Headers(params ReadOnlySpan<(string Name, string Value)> headers)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        foreach (var (name, value) in headers)
        {
            bytes.WriteByte((byte)name.Length);
            bytes.Write(Encoding.ASCII.GetBytes(name));
            bytes.WriteByte(StringHeader);
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)value.Length);
            bytes.Write(length);
            bytes.Write(Encoding.ASCII.GetBytes(value));
        }
        return bytes.ToArray();
    }
}
