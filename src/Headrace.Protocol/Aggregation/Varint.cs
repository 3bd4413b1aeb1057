namespace Headrace.Protocol.Aggregation;

/// <summary>Writes protobuf's numbers, seven bits to a byte, the lowest first.</summary>
internal static class Varint
{
    /// <summary>Bytes of a 32-bit number at most.</summary>
    public const int MaxBytes = 5;

    public static int Length(uint value)
    {
        var length = 1;
        while ((value >>= 7) != 0)
            length++;
        return length;
    }

    /// <summary>Bytes of a field that has its length before it, where its tag has one byte.</summary>
    public static int FieldLength(int contentLength) => 1 + Length((uint)contentLength) + contentLength;

    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> to, uint value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            to[length++] = (byte)(value | 0x80);
        to[length++] = (byte)value;
        return length;
    }
}
