using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Headrace.Protocol.EventStream;

/// <summary>
/// One frame of <c>application/vnd.amazon.eventstream</c>: the whole length, the headers' length and these eight bytes' CRC-32; the
/// headers; the payload; the CRC-32 of all before it. Numbers are big-endian. It refers to the bytes that it was read from.
/// </summary>
public readonly ref struct EventFrame
{
    /// <summary>The format's media type.</summary>
    public const string ContentType = "application/vnd.amazon.eventstream";

    internal const int PreludeBytes = 12;
    internal const int ChecksumBytes = sizeof(uint);
    internal const byte StringHeader = 7;

    // What AWS's own libraries allow a frame.
    private const int MaxHeaderBytes = 128 * 1024;
    private const int MaxPayloadBytes = 24 * 1024 * 1024;

    private readonly ReadOnlySpan<byte> _headers;

    private EventFrame(ReadOnlySpan<byte> frame, int headersLength)
    {
        Length = frame.Length;
        _headers = frame.Slice(PreludeBytes, headersLength);
        Payload = frame[(PreludeBytes + headersLength)..^ChecksumBytes];
    }

    /// <summary>Bytes of the whole frame.</summary>
    public int Length { get; }

    /// <summary>What the event says.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Reads the frame that bytes begin with; false when it is not whole yet.</summary>
    /// <exception cref="InvalidDataException">A checksum or a length is wrong: the stream is no event stream, or damaged.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EventFrame frame)
    {
        frame = default;
        if (bytes.Length < PreludeBytes)
            return false;
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]) != Crc32.HashToUInt32(bytes[..8]))
            throw new InvalidDataException("an event stream's frame begins with a wrong checksum");
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var headersLength = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        if (headersLength > MaxHeaderBytes || length > MaxPayloadBytes + headersLength || length < PreludeBytes + headersLength + ChecksumBytes)
            throw new InvalidDataException($"an event stream's frame has no such lengths: {length}, {headersLength}");
        if (bytes.Length < length)
            return false;
        var whole = bytes[..(int)length];
        if (BinaryPrimitives.ReadUInt32BigEndian(whole[^ChecksumBytes..]) != Crc32.HashToUInt32(whole[..^ChecksumBytes]))
            throw new InvalidDataException("an event stream's frame ends with a wrong checksum");
        frame = new EventFrame(whole, (int)headersLength);
        return true;
    }

    /// <summary>A header that is a text, in UTF-8; empty when there is none of that name.</summary>
    /// <exception cref="InvalidDataException">The headers are not written as headers are.</exception>
    public ReadOnlySpan<byte> Header(ReadOnlySpan<byte> name)
    {
        for (var rest = _headers; rest.Length > 0;)
        {
            var found = Take(ref rest, Take(ref rest, 1)[0]);
            var type = Take(ref rest, 1)[0];
            var value = Take(ref rest, ValueLength(type, ref rest));
            if (type == StringHeader && found.SequenceEqual(name))
                return value;
        }
        return default;
    }

    /// <summary>A header that is a text; empty when there is none of that name.</summary>
    /// <exception cref="InvalidDataException">The headers are not written as headers are.</exception>
    public string HeaderText(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(Header(name));

    private static int ValueLength(byte type, scoped ref ReadOnlySpan<byte> rest) => type switch
    {
        0 or 1 => 0,
        2 => 1,
        3 => 2,
        4 => 4,
        5 or 8 => 8,
        6 or StringHeader => BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, sizeof(ushort))),
        9 => 16,
        _ => throw new InvalidDataException($"an event stream's header has no such type: {type}"),
    };

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, int length)
    {
        if (rest.Length < length)
            throw new InvalidDataException("an event stream's headers break off");
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
