using System.IO.Hashing;

namespace Headrace.ShardLog.Frames;

/// <summary>CRC-32C (Castagnoli) of two pieces of memory that belong together. Allocates once a thread.</summary>
internal static class Crc32C
{
    [ThreadStatic]
    private static Crc32? _hash;

    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var hash = _hash ??= new Crc32(Crc32ParameterSet.Crc32C);
        hash.Append(first);
        hash.Append(second);
        var value = hash.GetCurrentHashAsUInt32();
        hash.Reset();
        return value;
    }
}
