using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Headrace.Protocol.Aggregation;

/// <summary>
/// MD5 (RFC 1321) of eight messages at once. One message's digest is a chain of steps that no processor can take side by side, and in a
/// producer that aggregates nothing costs more; several messages' chains fit into one vector.
/// </summary>
internal static class ParallelMd5
{
    private const int Lanes = 8;
    private const int BlockBytes = 64;
    private const int BlockWords = BlockBytes / sizeof(uint);
    private const int LengthBytes = sizeof(ulong);
    private const byte Marker = 0x80;

    private static ReadOnlySpan<uint> Initial => [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

    private static ReadOnlySpan<uint> Constants =>
    [
        0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
        0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
        0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
        0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
        0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
        0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
        0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
        0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
    ];

    private static ReadOnlySpan<int> Shifts => [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

    /// <summary>Whether the processor has vectors for it; without them the platform's MD5 is faster.</summary>
    public static bool IsAccelerated => Vector256.IsHardwareAccelerated && BitConverter.IsLittleEndian;

    /// <summary>Writes each message's digest behind it.</summary>
    /// <param name="buffer">Messages, with 16 bytes behind each.</param>
    /// <param name="messages">Where they begin, and their lengths.</param>
    public static void WriteDigests(Span<byte> buffer, ReadOnlySpan<(int Start, int Length)> messages)
    {
        // Of each lane, the message that it is at (-1 for none) and the message's next block.
        Span<int> message = stackalloc int[Lanes];
        Span<int> block = stackalloc int[Lanes];
        Span<uint> words = stackalloc uint[Lanes * BlockWords];
        Span<uint> state = stackalloc uint[Initial.Length * Lanes];
        words.Clear();
        message.Fill(-1);
        var next = 0;
        while (true)
        {
            var isBusy = false;
            for (var lane = 0; lane < Lanes; lane++)
            {
                if (message[lane] < 0 && next < messages.Length)
                {
                    (message[lane], block[lane]) = (next++, 0);
                    for (var i = 0; i < Initial.Length; i++)
                        state[(i * Lanes) + lane] = Initial[i];
                }
                if (message[lane] < 0)
                    continue;
                isBusy = true;
                var (start, length) = messages[message[lane]];
                CopyBlock(buffer.Slice(start, length), block[lane]++, MemoryMarshal.AsBytes(words.Slice(lane * BlockWords, BlockWords)));
            }
            if (!isBusy)
                return;
            Compress(words, state);
            for (var lane = 0; lane < Lanes; lane++)
            {
                if (message[lane] < 0 || block[lane] < BlocksOf(messages[message[lane]].Length))
                    continue;
                var (start, length) = messages[message[lane]];
                for (var i = 0; i < Initial.Length; i++)
                    BinaryPrimitives.WriteUInt32LittleEndian(buffer[(start + length + (i * sizeof(uint)))..], state[(i * Lanes) + lane]);
                message[lane] = -1;
            }
        }
    }

    private static int BlocksOf(int length) => ((length + LengthBytes) / BlockBytes) + 1;

    /// <summary>A block of the message as it is padded: a marker behind its last byte, and its length in bits at the last block's end.</summary>
    private static void CopyBlock(ReadOnlySpan<byte> message, int index, Span<byte> block)
    {
        var at = index * BlockBytes;
        if (at + BlockBytes <= message.Length)
        {
            message.Slice(at, BlockBytes).CopyTo(block);
            return;
        }
        block.Clear();
        if (at <= message.Length)
        {
            message[at..].CopyTo(block);
            block[message.Length - at] = Marker;
        }
        if (index == BlocksOf(message.Length) - 1)
            BinaryPrimitives.WriteUInt64LittleEndian(block[^LengthBytes..], (ulong)message.Length * 8);
    }

    private static void Compress(ReadOnlySpan<uint> words, Span<uint> state)
    {
        Span<Vector256<uint>> block = stackalloc Vector256<uint>[BlockWords];
        for (var i = 0; i < BlockWords; i++)
        {
            block[i] = Vector256.Create(
                words[i], words[i + BlockWords], words[i + (2 * BlockWords)], words[i + (3 * BlockWords)],
                words[i + (4 * BlockWords)], words[i + (5 * BlockWords)], words[i + (6 * BlockWords)], words[i + (7 * BlockWords)]);
        }
        var state256 = MemoryMarshal.Cast<uint, Vector256<uint>>(state);
        var (a, b, c, d) = (state256[0], state256[1], state256[2], state256[3]);
        for (var i = 0; i < 16; i++)
            (a, b, c, d) = (d, b + Rotate(a + (d ^ (b & (c ^ d))) + Term(block, i, i), i), b, c);
        for (var i = 16; i < 32; i++)
            (a, b, c, d) = (d, b + Rotate(a + (c ^ (d & (b ^ c))) + Term(block, i, (5 * i) + 1), i), b, c);
        for (var i = 32; i < 48; i++)
            (a, b, c, d) = (d, b + Rotate(a + (b ^ c ^ d) + Term(block, i, (3 * i) + 5), i), b, c);
        for (var i = 48; i < 64; i++)
            (a, b, c, d) = (d, b + Rotate(a + (c ^ (b | ~d)) + Term(block, i, 7 * i), i), b, c);
        state256[0] += a;
        state256[1] += b;
        state256[2] += c;
        state256[3] += d;
    }

    private static Vector256<uint> Term(ReadOnlySpan<Vector256<uint>> block, int step, int word) =>
        block[word % BlockWords] + Vector256.Create(Constants[step]);

    private static Vector256<uint> Rotate(Vector256<uint> value, int step)
    {
        var count = Shifts[((step / 16) * 4) + (step % 4)];
        return Vector256.ShiftLeft(value, count) | Vector256.ShiftRightLogical(value, 32 - count);
    }
}
