using System.Buffers.Binary;
using System.Numerics;

namespace Headrace.ShardLog.Frames;

/// <summary>CRC-32C (Castagnoli), on the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    private const uint Initial = 0xffff_ffff;

    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Continue(Continue(Initial, first), second);

    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (var rest in bytes)
            crc = BitOperations.Crc32C(crc, rest);
        return crc;
    }
}
