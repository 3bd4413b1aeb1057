using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Headrace.Protocol.Aggregation;

/// <summary>
/// MD5 (RFC 1321) of sixteen messages at once. One message's digest is a chain of steps that no processor can take side by side, and in a
/// producer that aggregates nothing costs more; the chains of eight messages fit into
/// one vector, and while one vector's step is under way another's begins.
/// </summary>
internal static class ParallelMd5
{
    private const int Lanes = 16;
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

    /// <summary>Whether the processor has vectors for it; without them the platform's MD5 is faster.</summary>
    public static bool IsAccelerated => Avx2.IsSupported;

    /// <summary>Writes each message's digest behind it.</summary>
    /// <param name="buffer">Messages, with 16 bytes behind each.</param>
    /// <param name="messages">Where they begin, and their lengths.</param>
    public static void WriteDigests(Span<byte> buffer, ReadOnlySpan<(int Start, int Length)> messages)
    {
        // Of each lane, the message that it is at (-1 for none) and the message's next block.
        Span<int> message = stackalloc int[Lanes];
        Span<int> block = stackalloc int[Lanes];
        Span<int> starts = stackalloc int[Lanes];
        Span<byte> last = stackalloc byte[Lanes * BlockBytes];
        Span<Wide> state = stackalloc Wide[Initial.Length];
        last.Clear();
        message.Fill(-1);
        var next = 0;
        while (true)
        {
            var (isBusy, whole) = (false, int.MaxValue);
            for (var lane = 0; lane < Lanes; lane++)
            {
                if (message[lane] < 0 && next < messages.Length)
                {
                    (message[lane], block[lane]) = (next++, 0);
                    for (var i = 0; i < Initial.Length; i++)
                        MemoryMarshal.Cast<Wide, uint>(state)[(i * Lanes) + lane] = Initial[i];
                }
                if (message[lane] < 0)
                    continue;
                var (start, length) = messages[message[lane]];
                var at = start + (block[lane] * BlockBytes);
                // Lanes without a message take the blocks of one that has some, to no purpose.
                if (!isBusy)
                    starts.Fill(at);
                isBusy = true;
                starts[lane] = at;
                whole = Math.Min(whole, (length / BlockBytes) - block[lane]);
            }
            if (!isBusy)
                return;
            if (whole > 0)
                Compress(buffer, starts, whole, state);
            else
                whole = CompressCopies(buffer, messages, message, block, last, state);
            for (var lane = 0; lane < Lanes; lane++)
            {
                if (message[lane] < 0 || (block[lane] += whole) < BlocksOf(messages[message[lane]].Length))
                    continue;
                var (start, length) = messages[message[lane]];
                for (var i = 0; i < Initial.Length; i++)
                    BinaryPrimitives.WriteUInt32LittleEndian(buffer[(start + length + (i * sizeof(uint)))..], MemoryMarshal.Cast<Wide, uint>(state)[(i * Lanes) + lane]);
                message[lane] = -1;
            }
        }
    }

    /// <summary>Takes each lane's next block, whether it is whole, padded or, where a lane has no message, of no matter.</summary>
    private static int CompressCopies(
        ReadOnlySpan<byte> buffer, ReadOnlySpan<(int Start, int Length)> messages, ReadOnlySpan<int> message, ReadOnlySpan<int> block, Span<byte> copies, Span<Wide> state)
    {
        for (var lane = 0; lane < Lanes; lane++)
        {
            if (message[lane] >= 0)
                CopyBlock(buffer.Slice(messages[message[lane]].Start, messages[message[lane]].Length), block[lane], copies.Slice(lane * BlockBytes, BlockBytes));
        }
        Span<int> starts = stackalloc int[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
            starts[lane] = lane * BlockBytes;
        Compress(copies, starts, 1, state);
        return 1;
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

    /// <summary>Takes so many blocks of each lane, which begin where it says.</summary>
    private static void Compress(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> starts, int count, Span<Wide> state)
    {
        Span<Wide> words = stackalloc Wide[BlockWords];
        var (a0, b0, c0, d0) = (state[0], state[1], state[2], state[3]);
        for (var at = 0; at < count * BlockBytes; at += BlockBytes)
        {
            for (var half = 0; half < 2; half++)
            {
                var vectors = MemoryMarshal.Cast<Wide, Vector256<uint>>(words)[half..];
                Transpose(bytes, starts.Slice(half * (Lanes / 2), Lanes / 2), at, vectors);
                Transpose(bytes, starts.Slice(half * (Lanes / 2), Lanes / 2), at + (BlockBytes / 2), vectors[BlockWords..]);
            }
            var (a, b, c, d) = (a0, b0, c0, d0);
            for (var i = 0; i < 16; i += 4)
            {
                a = b + (a + Term(words, i, i) + Wide.Select(b, c, d)).Rotate(7);
                d = a + (d + Term(words, i + 1, i + 1) + Wide.Select(a, b, c)).Rotate(12);
                c = d + (c + Term(words, i + 2, i + 2) + Wide.Select(d, a, b)).Rotate(17);
                b = c + (b + Term(words, i + 3, i + 3) + Wide.Select(c, d, a)).Rotate(22);
            }
            for (var i = 16; i < 32; i += 4)
            {
                a = b + (a + Term(words, i, (5 * i) + 1) + Wide.Select(d, b, c)).Rotate(5);
                d = a + (d + Term(words, i + 1, (5 * i) + 6) + Wide.Select(c, a, b)).Rotate(9);
                c = d + (c + Term(words, i + 2, (5 * i) + 11) + Wide.Select(b, d, a)).Rotate(14);
                b = c + (b + Term(words, i + 3, (5 * i) + 16) + Wide.Select(a, c, d)).Rotate(20);
            }
            for (var i = 32; i < 48; i += 4)
            {
                a = b + (a + Term(words, i, (3 * i) + 5) + Wide.Differ(b, c, d)).Rotate(4);
                d = a + (d + Term(words, i + 1, (3 * i) + 8) + Wide.Differ(a, b, c)).Rotate(11);
                c = d + (c + Term(words, i + 2, (3 * i) + 11) + Wide.Differ(d, a, b)).Rotate(16);
                b = c + (b + Term(words, i + 3, (3 * i) + 14) + Wide.Differ(c, d, a)).Rotate(23);
            }
            for (var i = 48; i < 64; i += 4)
            {
                a = b + (a + Term(words, i, 7 * i) + Wide.Mix(b, c, d)).Rotate(6);
                d = a + (d + Term(words, i + 1, (7 * i) + 7) + Wide.Mix(a, b, c)).Rotate(10);
                c = d + (c + Term(words, i + 2, (7 * i) + 14) + Wide.Mix(d, a, b)).Rotate(15);
                b = c + (b + Term(words, i + 3, (7 * i) + 21) + Wide.Mix(c, d, a)).Rotate(21);
            }
            (a0, b0, c0, d0) = (a0 + a, b0 + b, c0 + c, d0 + d);
        }
        (state[0], state[1], state[2], state[3]) = (a0, b0, c0, d0);
    }

    /// <summary>Eight words of each lane become eight vectors, each with the same word of all lanes; between two there is room for another one.</summary>
    private static void Transpose(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> starts, int at, Span<Vector256<uint>> words)
    {
        var (low01, high01) = Pairs(Row(bytes, starts[0] + at), Row(bytes, starts[1] + at));
        var (low23, high23) = Pairs(Row(bytes, starts[2] + at), Row(bytes, starts[3] + at));
        var (low45, high45) = Pairs(Row(bytes, starts[4] + at), Row(bytes, starts[5] + at));
        var (low67, high67) = Pairs(Row(bytes, starts[6] + at), Row(bytes, starts[7] + at));
        Words(low01, low23, low45, low67, words);
        Words(high01, high23, high45, high67, words[4..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Row(ReadOnlySpan<byte> bytes, int start) => Vector256.Create(bytes[start..]).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> Low, Vector256<ulong> High) Pairs(Vector256<uint> left, Vector256<uint> right) =>
        (Avx2.UnpackLow(left, right).AsUInt64(), Avx2.UnpackHigh(left, right).AsUInt64());

    /// <summary>Of pairs of lanes: two words next to one another, and the two that stand four words behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Words(Vector256<ulong> pair0, Vector256<ulong> pair1, Vector256<ulong> pair2, Vector256<ulong> pair3, Span<Vector256<uint>> words)
    {
        var (left0, left1) = (Avx2.UnpackLow(pair0, pair1), Avx2.UnpackHigh(pair0, pair1));
        var (right0, right1) = (Avx2.UnpackLow(pair2, pair3), Avx2.UnpackHigh(pair2, pair3));
        words[0] = Avx2.Permute2x128(left0, right0, 0x20).AsUInt32();
        words[2] = Avx2.Permute2x128(left1, right1, 0x20).AsUInt32();
        words[8] = Avx2.Permute2x128(left0, right0, 0x31).AsUInt32();
        words[10] = Avx2.Permute2x128(left1, right1, 0x31).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Wide Term(ReadOnlySpan<Wide> words, int step, int word) => words[word & (BlockWords - 1)] + Constants[step];
}
