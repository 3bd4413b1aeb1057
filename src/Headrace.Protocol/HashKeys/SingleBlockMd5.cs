using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Headrace.Protocol.HashKeys;

/// <summary>
/// MD5 (RFC 1321) of messages that fit in one block, as nearly all partition keys do. The platform's MD5 sets up a digest
/// context per call, which costs several times what the one block does.
/// </summary>
internal static class SingleBlockMd5
{
    /// <summary>The longest message that fits: the block also holds a marker and the length.</summary>
    public const int MaxBytes = 55;

    private const int BlockBytes = 64;
    private const int LengthWord = 14;

    /// <summary>The 16 bytes of the digest, as a big-endian number.</summary>
    public static UInt128 Hash(ReadOnlySpan<byte> message)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        block.Clear();
        message.CopyTo(block);
        block[message.Length] = 0x80;
        Span<uint> words = stackalloc uint[BlockBytes / sizeof(uint)];
        for (var i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * sizeof(uint))..]);
        words[LengthWord] = (uint)message.Length * 8;
        return Compress(words);
    }

    // Written out step by step: a loop over tables runs at half the speed.
    private static UInt128 Compress(ReadOnlySpan<uint> words)
    {
        // One check here spares the sixty-four below.
        words = words[..16];
        uint a = 0x67452301, b = 0xefcdab89, c = 0x98badcfe, d = 0x10325476;

        a = b + BitOperations.RotateLeft(a + F(b, c, d) + words[0] + 0xd76aa478, 7);
        d = a + BitOperations.RotateLeft(d + F(a, b, c) + words[1] + 0xe8c7b756, 12);
        c = d + BitOperations.RotateLeft(c + F(d, a, b) + words[2] + 0x242070db, 17);
        b = c + BitOperations.RotateLeft(b + F(c, d, a) + words[3] + 0xc1bdceee, 22);
        a = b + BitOperations.RotateLeft(a + F(b, c, d) + words[4] + 0xf57c0faf, 7);
        d = a + BitOperations.RotateLeft(d + F(a, b, c) + words[5] + 0x4787c62a, 12);
        c = d + BitOperations.RotateLeft(c + F(d, a, b) + words[6] + 0xa8304613, 17);
        b = c + BitOperations.RotateLeft(b + F(c, d, a) + words[7] + 0xfd469501, 22);
        a = b + BitOperations.RotateLeft(a + F(b, c, d) + words[8] + 0x698098d8, 7);
        d = a + BitOperations.RotateLeft(d + F(a, b, c) + words[9] + 0x8b44f7af, 12);
        c = d + BitOperations.RotateLeft(c + F(d, a, b) + words[10] + 0xffff5bb1, 17);
        b = c + BitOperations.RotateLeft(b + F(c, d, a) + words[11] + 0x895cd7be, 22);
        a = b + BitOperations.RotateLeft(a + F(b, c, d) + words[12] + 0x6b901122, 7);
        d = a + BitOperations.RotateLeft(d + F(a, b, c) + words[13] + 0xfd987193, 12);
        c = d + BitOperations.RotateLeft(c + F(d, a, b) + words[14] + 0xa679438e, 17);
        b = c + BitOperations.RotateLeft(b + F(c, d, a) + words[15] + 0x49b40821, 22);

        a = b + BitOperations.RotateLeft(a + G(b, c, d) + words[1] + 0xf61e2562, 5);
        d = a + BitOperations.RotateLeft(d + G(a, b, c) + words[6] + 0xc040b340, 9);
        c = d + BitOperations.RotateLeft(c + G(d, a, b) + words[11] + 0x265e5a51, 14);
        b = c + BitOperations.RotateLeft(b + G(c, d, a) + words[0] + 0xe9b6c7aa, 20);
        a = b + BitOperations.RotateLeft(a + G(b, c, d) + words[5] + 0xd62f105d, 5);
        d = a + BitOperations.RotateLeft(d + G(a, b, c) + words[10] + 0x02441453, 9);
        c = d + BitOperations.RotateLeft(c + G(d, a, b) + words[15] + 0xd8a1e681, 14);
        b = c + BitOperations.RotateLeft(b + G(c, d, a) + words[4] + 0xe7d3fbc8, 20);
        a = b + BitOperations.RotateLeft(a + G(b, c, d) + words[9] + 0x21e1cde6, 5);
        d = a + BitOperations.RotateLeft(d + G(a, b, c) + words[14] + 0xc33707d6, 9);
        c = d + BitOperations.RotateLeft(c + G(d, a, b) + words[3] + 0xf4d50d87, 14);
        b = c + BitOperations.RotateLeft(b + G(c, d, a) + words[8] + 0x455a14ed, 20);
        a = b + BitOperations.RotateLeft(a + G(b, c, d) + words[13] + 0xa9e3e905, 5);
        d = a + BitOperations.RotateLeft(d + G(a, b, c) + words[2] + 0xfcefa3f8, 9);
        c = d + BitOperations.RotateLeft(c + G(d, a, b) + words[7] + 0x676f02d9, 14);
        b = c + BitOperations.RotateLeft(b + G(c, d, a) + words[12] + 0x8d2a4c8a, 20);

        a = b + BitOperations.RotateLeft(a + H(b, c, d) + words[5] + 0xfffa3942, 4);
        d = a + BitOperations.RotateLeft(d + H(a, b, c) + words[8] + 0x8771f681, 11);
        c = d + BitOperations.RotateLeft(c + H(d, a, b) + words[11] + 0x6d9d6122, 16);
        b = c + BitOperations.RotateLeft(b + H(c, d, a) + words[14] + 0xfde5380c, 23);
        a = b + BitOperations.RotateLeft(a + H(b, c, d) + words[1] + 0xa4beea44, 4);
        d = a + BitOperations.RotateLeft(d + H(a, b, c) + words[4] + 0x4bdecfa9, 11);
        c = d + BitOperations.RotateLeft(c + H(d, a, b) + words[7] + 0xf6bb4b60, 16);
        b = c + BitOperations.RotateLeft(b + H(c, d, a) + words[10] + 0xbebfbc70, 23);
        a = b + BitOperations.RotateLeft(a + H(b, c, d) + words[13] + 0x289b7ec6, 4);
        d = a + BitOperations.RotateLeft(d + H(a, b, c) + words[0] + 0xeaa127fa, 11);
        c = d + BitOperations.RotateLeft(c + H(d, a, b) + words[3] + 0xd4ef3085, 16);
        b = c + BitOperations.RotateLeft(b + H(c, d, a) + words[6] + 0x04881d05, 23);
        a = b + BitOperations.RotateLeft(a + H(b, c, d) + words[9] + 0xd9d4d039, 4);
        d = a + BitOperations.RotateLeft(d + H(a, b, c) + words[12] + 0xe6db99e5, 11);
        c = d + BitOperations.RotateLeft(c + H(d, a, b) + words[15] + 0x1fa27cf8, 16);
        b = c + BitOperations.RotateLeft(b + H(c, d, a) + words[2] + 0xc4ac5665, 23);

        a = b + BitOperations.RotateLeft(a + I(b, c, d) + words[0] + 0xf4292244, 6);
        d = a + BitOperations.RotateLeft(d + I(a, b, c) + words[7] + 0x432aff97, 10);
        c = d + BitOperations.RotateLeft(c + I(d, a, b) + words[14] + 0xab9423a7, 15);
        b = c + BitOperations.RotateLeft(b + I(c, d, a) + words[5] + 0xfc93a039, 21);
        a = b + BitOperations.RotateLeft(a + I(b, c, d) + words[12] + 0x655b59c3, 6);
        d = a + BitOperations.RotateLeft(d + I(a, b, c) + words[3] + 0x8f0ccc92, 10);
        c = d + BitOperations.RotateLeft(c + I(d, a, b) + words[10] + 0xffeff47d, 15);
        b = c + BitOperations.RotateLeft(b + I(c, d, a) + words[1] + 0x85845dd1, 21);
        a = b + BitOperations.RotateLeft(a + I(b, c, d) + words[8] + 0x6fa87e4f, 6);
        d = a + BitOperations.RotateLeft(d + I(a, b, c) + words[15] + 0xfe2ce6e0, 10);
        c = d + BitOperations.RotateLeft(c + I(d, a, b) + words[6] + 0xa3014314, 15);
        b = c + BitOperations.RotateLeft(b + I(c, d, a) + words[13] + 0x4e0811a1, 21);
        a = b + BitOperations.RotateLeft(a + I(b, c, d) + words[4] + 0xf7537e82, 6);
        d = a + BitOperations.RotateLeft(d + I(a, b, c) + words[11] + 0xbd3af235, 10);
        c = d + BitOperations.RotateLeft(c + I(d, a, b) + words[2] + 0x2ad7d2bb, 15);
        b = c + BitOperations.RotateLeft(b + I(c, d, a) + words[9] + 0xeb86d391, 21);

        return new UInt128(
            Join(0x67452301 + a, 0xefcdab89 + b),
            Join(0x98badcfe + c, 0x10325476 + d));
    }

    /// <summary>Two words of the digest, whose bytes are little-endian, as big-endian bytes.</summary>
    private static ulong Join(uint first, uint second) =>
        ((ulong)BinaryPrimitives.ReverseEndianness(first) << 32) | BinaryPrimitives.ReverseEndianness(second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint F(uint x, uint y, uint z) => z ^ (x & (y ^ z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint G(uint x, uint y, uint z) => y ^ (z & (x ^ y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint H(uint x, uint y, uint z) => x ^ y ^ z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint I(uint x, uint y, uint z) => y ^ (x | ~z);
}
