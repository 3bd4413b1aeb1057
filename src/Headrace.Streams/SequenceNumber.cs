using System.Globalization;
using System.Numerics;

namespace Headrace.Streams;

/// <summary>
/// A record's sequence number in Amazon's shape: the decimal form of 47 hex digits, which are <c>2</c>, the second of the
/// shard's creation (9), the last digit of the shard's index (1), the position (16), <c>00</c>, the second of arrival (9), the
/// shard's index (8), <c>2</c>. The position here counts from 1: 0 belongs to the shard's own starting number.
/// </summary>
public readonly record struct SequenceNumber : IComparable<SequenceNumber>
{
    /// <summary>Decimal digits of every sequence number.</summary>
    public const int Digits = 56;

    private const ulong ChunkBase = 10_000_000_000_000_000_000;
    private const int ChunkDigits = 19;
    private const ulong ClosingPosition = 0x7fff_ffff_ffff_ffff;

    // The 188 bits, cut at bit 128.
    private readonly ulong _high;
    private readonly UInt128 _low;

    private SequenceNumber(ulong high, UInt128 low)
    {
        _high = high;
        _low = low;
    }

    public int ShardIndex => (int)(uint)(_low >> 4);

    public long ShardCreatedSeconds => (long)((_high >> 20) & 0xf_ffff_ffff);

    public long ArrivalSeconds => (long)(ulong)((_low >> 36) & 0xf_ffff_ffff);

    private ulong WirePosition => ((_high & 0xffff) << 48) | (ulong)(_low >> 80);

    /// <summary>The record's position in its shard's log; -1 for the shard's starting number.</summary>
    public long Position => (long)WirePosition - 1;

    /// <summary>The number of a record.</summary>
    /// <param name="shard">Its shard.</param>
    /// <param name="position">Its position in the shard's log, from 0.</param>
    /// <param name="arrivalUnixMs">When it arrived, in milliseconds since 1970.</param>
    public static SequenceNumber OfRecord(Shard shard, long position, long arrivalUnixMs) =>
        Compose(shard, (ulong)position + 1, arrivalUnixMs / 1000);

    /// <summary>A shard's starting number, lower than any record's.</summary>
    public static SequenceNumber StartOf(Shard shard) => Compose(shard, 0, shard.CreatedAt.ToUnixTimeSeconds());

    /// <summary>A closed shard's ending number, higher than any record's.</summary>
    public static SequenceNumber EndOf(Shard shard) =>
        Compose(shard, ClosingPosition, (shard.ClosedAt ?? throw new InvalidOperationException("An open shard has no end.")).ToUnixTimeSeconds());

    /// <summary>Reads a decimal number; false where it is none of this shape.</summary>
    public static bool TryParse(string text, out SequenceNumber number)
    {
        number = default;
        if (text.Length != Digits || !BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return false;
        if (value.GetBitLength() > 188)
            return false;
        number = new SequenceNumber((ulong)(value >> 128), (UInt128)(value & ((BigInteger.One << 128) - 1)));
        return number._high >> 56 == 2 && (number._low & 0xf) == 2 && (ulong)((number._low >> 72) & 0xff) == 0
            && ((number._high >> 16) & 0xf) == ((uint)number.ShardIndex & 0xf);
    }

    public int CompareTo(SequenceNumber other) => _high != other._high ? _high.CompareTo(other._high) : _low.CompareTo(other._low);

    public static bool operator <(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) >= 0;

    /// <summary>Writes the decimal digits as UTF-8; returns how many. They are <see cref="Digits"/>.</summary>
    public int Format(Span<byte> utf8)
    {
        var (upper, remainder) = DivideByChunk(_high, _low);
        var (top, middle) = UInt128.DivRem(upper, ChunkBase);
        ((ulong)top).TryFormat(utf8, out var written, default, CultureInfo.InvariantCulture);
        FormatChunk((ulong)middle, utf8.Slice(written, ChunkDigits));
        FormatChunk(remainder, utf8.Slice(written + ChunkDigits, ChunkDigits));
        return written + (2 * ChunkDigits);
    }

    public override string ToString()
    {
        Span<byte> digits = stackalloc byte[Digits];
        return System.Text.Encoding.ASCII.GetString(digits[..Format(digits)]);
    }

    private static SequenceNumber Compose(Shard shard, ulong position, long arrivalSeconds)
    {
        var index = (uint)shard.Index;
        var high = (2UL << 56) | ((ulong)shard.CreatedAt.ToUnixTimeSeconds() << 20) | ((ulong)(index & 0xf) << 16) | (position >> 48);
        var low = ((UInt128)(position & 0xffff_ffff_ffff) << 80) | ((UInt128)(ulong)arrivalSeconds << 36) | ((UInt128)index << 4) | 2;
        return new SequenceNumber(high, low);
    }

    /// <summary>Divides 192 bits by 10^19, two 64-bit steps at a time; the quotient fits in 128 bits.</summary>
    private static (UInt128 Quotient, ulong Remainder) DivideByChunk(ulong high, UInt128 low)
    {
        var (first, rest) = UInt128.DivRem(((UInt128)high << 64) | (ulong)(low >> 64), ChunkBase);
        var (second, remainder) = UInt128.DivRem((rest << 64) | (ulong)low, ChunkBase);
        return ((first << 64) | second, (ulong)remainder);
    }

    private static void FormatChunk(ulong value, Span<byte> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            digits[i] = (byte)('0' + digit);
        }
    }
}
