using System.Globalization;

namespace Headrace.Pipelines;

/// <summary>
/// A record's position in its shard, which Headrace's sequence numbers hold (docs/decisions/0006-positions-and-sequence-numbers.md): the
/// 56 decimal digits are 47 hex digits, of which 16 are the position, counted from 1.
/// </summary>
internal static class SourcePosition
{
    private const int Digits = 56;
    private const int ChunkDigits = 19;
    private const ulong ChunkBase = 10_000_000_000_000_000_000;

    /// <summary>False where the text is no such number.</summary>
    public static bool TryRead(string sequenceNumber, out long position)
    {
        position = -1;
        if (sequenceNumber.Length != Digits
            || !TryChunk(sequenceNumber, 0, Digits - (2 * ChunkDigits), out var top)
            || !TryChunk(sequenceNumber, Digits - (2 * ChunkDigits), ChunkDigits, out var middle)
            || !TryChunk(sequenceNumber, Digits - ChunkDigits, ChunkDigits, out var bottom))
            return false;
        // The number's 188 bits: the lowest 64 are those of low, the others are high.
        var upper = ((UInt128)top * ChunkBase) + middle;
        var low = ((UInt128)(ulong)upper * ChunkBase) + bottom;
        var high = ((UInt128)(ulong)(upper >> 64) * ChunkBase) + (low >> 64);
        var counted = (ulong)(high >> 16);
        if (high >> 120 != 2 || (low & 0xf) != 2 || ((high >> 8) & 0xff) != 0 || counted is 0 or > long.MaxValue)
            return false;
        position = (long)counted - 1;
        return true;
    }

    private static bool TryChunk(string digits, int start, int length, out ulong chunk) =>
        ulong.TryParse(digits.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture, out chunk);
}
