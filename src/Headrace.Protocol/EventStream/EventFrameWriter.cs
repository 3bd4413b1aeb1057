using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Headrace.Protocol.EventStream;

/// <summary>Writes an event stream's frames, see <see cref="EventFrame"/>, each in place.</summary>
public static class EventFrameWriter
{
    /// <summary>The headers of an event, such as <c>SubscribeToShardEvent</c>.</summary>
    public static byte[] EventHeaders(string eventType, string contentType) =>
        Headers((":message-type", "event"), (":event-type", eventType), (":content-type", contentType));

    /// <summary>The headers of an exception, which is the last frame of its stream.</summary>
    public static byte[] ExceptionHeaders(string exceptionType, string contentType) =>
        Headers((":message-type", "exception"), (":exception-type", exceptionType), (":content-type", contentType));

    /// <summary>Begins a frame in an empty buffer; its payload is appended next.</summary>
    public static void Begin(PooledBuffer frame, ReadOnlySpan<byte> headers)
    {
        ArgumentNullException.ThrowIfNull(frame);
        frame.Clear();
        var start = frame.GetSpan(EventFrame.PreludeBytes + headers.Length);
        BinaryPrimitives.WriteInt32BigEndian(start[4..], headers.Length);
        headers.CopyTo(start[EventFrame.PreludeBytes..]);
        frame.Advance(EventFrame.PreludeBytes + headers.Length);
    }

    /// <summary>Completes the frame, whose payload is behind its headers now.</summary>
    public static void End(PooledBuffer frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var prelude = frame.Written(0, EventFrame.PreludeBytes);
        BinaryPrimitives.WriteInt32BigEndian(prelude, frame.Length + EventFrame.ChecksumBytes);
        BinaryPrimitives.WriteUInt32BigEndian(prelude[8..], Crc32.HashToUInt32(prelude[..8]));
        BinaryPrimitives.WriteUInt32BigEndian(frame.GetSpan(EventFrame.ChecksumBytes), Crc32.HashToUInt32(frame.WrittenSpan));
        frame.Advance(EventFrame.ChecksumBytes);
    }

    private static byte[] Headers(params ReadOnlySpan<(string Name, string Value)> headers)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        foreach (var (name, value) in headers)
        {
            bytes.WriteByte((byte)name.Length);
            bytes.Write(Encoding.ASCII.GetBytes(name));
            bytes.WriteByte(EventFrame.StringHeader);
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)value.Length);
            bytes.Write(length);
            bytes.Write(Encoding.ASCII.GetBytes(value));
        }
        return bytes.ToArray();
    }
}
