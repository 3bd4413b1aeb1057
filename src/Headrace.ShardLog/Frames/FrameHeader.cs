using System.Buffers.Binary;

namespace Headrace.ShardLog.Frames;

/// <summary>What a frame carries.</summary>
internal enum FrameKind : ushort
{
    /// <summary>Records.</summary>
    Records = 0,

    /// <summary>The first frame of every segment: each shard's next position as the segment begins.</summary>
    Positions = 1,

    /// <summary>Nothing: zeros up to the next block of the disk.</summary>
    Padding = 2,
}

/// <summary>
/// The head of a frame, little-endian: magic (4), version (2), kind (2), payload length (4), record count (4), base position
/// (8: the log-wide number of the first record), time (8: ms since 1970), CRC-32C of those 32 bytes and the payload (4),
/// zero (4). See docs/log-format.md.
/// </summary>
internal readonly record struct FrameHeader(FrameKind Kind, int PayloadLength, int RecordCount, long BasePosition, long TimeUnixMs)
{
    public const int Length = 40;

    private const uint Magic = 0x31465248; // "HRF1"
    private const ushort Version = 1;
    private const int ChecksumOffset = 32;

    /// <summary>A longer payload is not one of ours.</summary>
    public const int MaxPayloadLength = 64 * 1024 * 1024;

    /// <summary>Writes the header before its payload, with the checksum over both.</summary>
    public void Write(Span<byte> frame)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(frame[4..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(frame[6..], (ushort)Kind);
        BinaryPrimitives.WriteInt32LittleEndian(frame[8..], PayloadLength);
        BinaryPrimitives.WriteInt32LittleEndian(frame[12..], RecordCount);
        BinaryPrimitives.WriteInt64LittleEndian(frame[16..], BasePosition);
        BinaryPrimitives.WriteInt64LittleEndian(frame[24..], TimeUnixMs);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[ChecksumOffset..], Crc32C.Of(frame[..ChecksumOffset], frame.Slice(Length, PayloadLength)));
        BinaryPrimitives.WriteUInt32LittleEndian(frame[36..], 0);
    }

    /// <summary>Reads a header; false where the bytes are none. The checksum is <see cref="Matches"/>' matter.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < Length
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) != Version
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]) != 0)
        {
            return false;
        }
        header = new FrameHeader(
            (FrameKind)BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]));
        return header.PayloadLength is >= 0 and <= MaxPayloadLength && header.RecordCount >= 0;
    }

    /// <summary>Where the next header may begin, at or after an offset; -1 for nowhere.</summary>
    public static int Find(ReadOnlySpan<byte> bytes, int from)
    {
        var found = bytes[from..].IndexOf("HRF1"u8);
        return found < 0 ? -1 : from + found;
    }

    /// <summary>True when the frame's checksum holds.</summary>
    public bool Matches(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadUInt32LittleEndian(frame[ChecksumOffset..]) == Crc32C.Of(frame[..ChecksumOffset], frame.Slice(Length, PayloadLength));
}
