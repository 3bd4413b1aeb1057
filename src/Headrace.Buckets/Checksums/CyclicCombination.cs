using System.Buffers.Binary;

namespace Headrace.Buckets.Checksums;

/// <summary>
/// The CRC of two byte strings in a row from the CRC of each: what follows shifts the first by its length, which is a
/// linear map over GF(2), raised to that power by squaring.
/// </summary>
internal static class CyclicCombination
{
    /// <summary>Both values big-endian, as the algorithm writes them.</summary>
    public static byte[] Combine(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, long secondLength)
    {
        var combined = new byte[first.Length];
        if (algorithm == ChecksumAlgorithm.Crc64Nvme)
        {
            var shifted = Shift(BinaryPrimitives.ReadUInt64BigEndian(first), secondLength, ReflectedPolynomial(algorithm), 64);
            BinaryPrimitives.WriteUInt64BigEndian(combined, shifted ^ BinaryPrimitives.ReadUInt64BigEndian(second));
        }
        else
        {
            var shifted = Shift(BinaryPrimitives.ReadUInt32BigEndian(first), secondLength, ReflectedPolynomial(algorithm), 32);
            BinaryPrimitives.WriteUInt32BigEndian(combined, (uint)shifted ^ BinaryPrimitives.ReadUInt32BigEndian(second));
        }
        return combined;
    }

    private static ulong ReflectedPolynomial(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => 0xEDB88320,
        ChecksumAlgorithm.Crc32C => 0x82F63B78,
        ChecksumAlgorithm.Crc64Nvme => 0x9A6C9329AC4BC9B5,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Only a CRC can be combined."),
    };

    private static ulong Shift(ulong crc, long zeroBytes, ulong polynomial, int width)
    {
        var map = new ulong[width];
        map[0] = polynomial;
        for (var bit = 1; bit < width; bit++)
            map[bit] = 1UL << (bit - 1);
        // One bit squared three times is one byte.
        for (var doubling = 0; doubling < 3; doubling++)
            map = Square(map);
        for (; zeroBytes > 0; zeroBytes >>= 1, map = Square(map))
        {
            if ((zeroBytes & 1) != 0)
                crc = Apply(map, crc);
        }
        return crc;
    }

    private static ulong Apply(ulong[] map, ulong vector)
    {
        var sum = 0UL;
        for (var bit = 0; vector != 0; bit++, vector >>= 1)
        {
            if ((vector & 1) != 0)
                sum ^= map[bit];
        }
        return sum;
    }

    private static ulong[] Square(ulong[] map) => [.. map.Select(row => Apply(map, row))];
}
