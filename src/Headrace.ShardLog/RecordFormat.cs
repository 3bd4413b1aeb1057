using System.Buffers.Binary;

namespace Headrace.ShardLog;

/// <summary>
/// A record inside a frame, little-endian: shard (4), position in the shard (8), key length (2), reserved (2, zero),
/// data length (4), key, data. See docs/log-format.md.
/// </summary>
internal static class RecordFormat
{
    public const int PositionOffset = 4;
    public const int KeyLengthOffset = 12;
    public const int DataLengthOffset = 16;
    public const int HeaderLength = 20;

    public static void WriteHeader(Span<byte> header, int shard, long position, int keyLength, int dataLength)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, shard);
        BinaryPrimitives.WriteInt64LittleEndian(header[PositionOffset..], position);
        BinaryPrimitives.WriteUInt16LittleEndian(header[KeyLengthOffset..], (ushort)keyLength);
        BinaryPrimitives.WriteUInt16LittleEndian(header[(KeyLengthOffset + 2)..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(header[DataLengthOffset..], dataLength);
    }

    public static void SetDataLength(Span<byte> header, int dataLength) =>
        BinaryPrimitives.WriteInt32LittleEndian(header[DataLengthOffset..], dataLength);

    public static int Shard(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header);

    public static long Position(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[PositionOffset..]);

    public static int KeyLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16LittleEndian(header[KeyLengthOffset..]);

    public static int DataLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header[DataLengthOffset..]);

    /// <summary>Bytes of the whole record, header included.</summary>
    public static int LengthOf(ReadOnlySpan<byte> header) => HeaderLength + KeyLength(header) + DataLength(header);
}
