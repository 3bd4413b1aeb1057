using System.Buffers;
using System.Buffers.Binary;

namespace Headrace.Protocol.Cbor;

/// <summary>Appends items of CBOR to a buffer. Containers are indefinite, as the service writes them: begin, items, end.</summary>
public static class CborAppending
{
    /// <summary>Bytes that an item's head takes at most.</summary>
    private const int MaxHeadBytes = 9;

    public static void BeginMap(this PooledBuffer buffer) => buffer.AppendByte(0xbf);

    public static void BeginArray(this PooledBuffer buffer) => buffer.AppendByte(0x9f);

    /// <summary>Ends the container that was begun last.</summary>
    public static void EndContainer(this PooledBuffer buffer) => buffer.AppendByte(0xff);

    public static void AppendNull(this PooledBuffer buffer) => buffer.AppendByte(0xf6);

    public static void AppendBoolean(this PooledBuffer buffer, bool value) => buffer.AppendByte(value ? (byte)0xf5 : (byte)0xf4);

    public static void AppendInteger(this PooledBuffer buffer, long value)
    {
        if (value < 0)
            buffer.AppendHead(1, (ulong)(-1 - value));
        else
            buffer.AppendHead(0, (ulong)value);
    }

    public static void AppendUnsigned(this PooledBuffer buffer, ulong value) => buffer.AppendHead(0, value);

    public static void AppendDouble(this PooledBuffer buffer, double value)
    {
        var room = buffer.GetSpan(MaxHeadBytes);
        room[0] = 0xfb;
        BinaryPrimitives.WriteDoubleBigEndian(room[1..], value);
        buffer.Advance(MaxHeadBytes);
    }

    /// <summary>A time as AWS's SDKs have it in CBOR: tag 1, and milliseconds since 1970 where the standard has seconds.</summary>
    public static void AppendTime(this PooledBuffer buffer, long unixMs)
    {
        buffer.AppendByte(0xc1);
        buffer.AppendInteger(unixMs);
    }

    /// <summary>Text with its head; the bytes are valid UTF-8.</summary>
    public static void AppendText(this PooledBuffer buffer, ReadOnlySpan<byte> utf8)
    {
        buffer.AppendTextHead(utf8.Length);
        buffer.Write(utf8);
    }

    /// <summary>The head of text whose bytes the caller appends.</summary>
    public static void AppendTextHead(this PooledBuffer buffer, int length) => buffer.AppendHead(3, (ulong)length);

    /// <summary>The head of a byte string whose bytes the caller appends.</summary>
    public static void AppendBytesHead(this PooledBuffer buffer, int length) => buffer.AppendHead(2, (ulong)length);

    /// <summary>Bytes that a head with this argument takes.</summary>
    public static int HeadLength(ulong argument) => argument switch
    {
        < 24 => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        <= uint.MaxValue => 5,
        _ => MaxHeadBytes,
    };

    private static void AppendByte(this PooledBuffer buffer, byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    private static void AppendHead(this PooledBuffer buffer, int major, ulong argument)
    {
        var room = buffer.GetSpan(MaxHeadBytes);
        var length = HeadLength(argument);
        var kind = major << 5;
        switch (length)
        {
            case 1:
                room[0] = (byte)(kind | (int)argument);
                break;
            case 2:
                room[0] = (byte)(kind | 24);
                room[1] = (byte)argument;
                break;
            case 3:
                room[0] = (byte)(kind | 25);
                BinaryPrimitives.WriteUInt16BigEndian(room[1..], (ushort)argument);
                break;
            case 5:
                room[0] = (byte)(kind | 26);
                BinaryPrimitives.WriteUInt32BigEndian(room[1..], (uint)argument);
                break;
            default:
                room[0] = (byte)(kind | 27);
                BinaryPrimitives.WriteUInt64BigEndian(room[1..], argument);
                break;
        }
        buffer.Advance(length);
    }
}
