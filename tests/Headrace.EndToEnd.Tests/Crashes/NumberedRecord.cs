using System.Buffers.Binary;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>A record that says who wrote it, which of the writer's it is and how long, and whose every further byte follows from that.</summary>
internal readonly record struct NumberedRecord(int Writer, int Number, int Length)
{
    private const int HeadBytes = 12;

    /// <summary>Different for every record of a test.</summary>
    public long Id => ((long)Writer << 32) | (uint)Number;

    public byte[] ToBytes()
    {
        var bytes = new byte[HeadBytes + Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Writer);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Number);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Length);
        Fill(bytes.AsSpan(HeadBytes), (uint)Number * 31 + (uint)Writer);
        return bytes;
    }

    /// <summary>Reads a record back.</summary>
    /// <exception cref="ShouldAssertException">Not one byte is other than was written.</exception>
    public static NumberedRecord Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes)
            throw new ShouldAssertException($"a record of {bytes.Length} bytes was never written");
        var record = new NumberedRecord(BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]));
        if (record.Length != bytes.Length - HeadBytes || !bytes.SequenceEqual(record.ToBytes()))
            throw new ShouldAssertException($"{record} is not stored as it was written");
        return record;
    }

    private static void Fill(Span<byte> bytes, uint state)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            bytes[i] = (byte)(state >> 24);
        }
    }
}
