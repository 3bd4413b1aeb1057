using System.Buffers;
using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Headrace.ShardLog.Memory;

/// <summary>
/// Pooled memory for one frame. Large frames get memory at an address that the disk can take data from directly; it lies still and
/// is kept for the next large frame. One owner returns it, once.
/// </summary>
internal readonly struct FrameMemory
{
    /// <summary>What addresses, offsets and lengths of direct writes are multiples of.</summary>
    public const int Alignment = 4096;

    /// <summary>Sizes of aligned memory are powers of two from this one on.</summary>
    private const int SmallestAligned = 64 * 1024;

    private const int Classes = 12;

    /// <summary>More bytes than these are left to the garbage collector: a burst must not be paid for ever after.</summary>
    private const long MostKept = 64 * 1024 * 1024;

    private static readonly ConcurrentQueue<byte[]>[] Kept = [.. Enumerable.Range(0, Classes).Select(_ => new ConcurrentQueue<byte[]>())];

    private static long _keptBytes;

    private readonly byte[]? _bytes;
    private readonly int _origin;

    private FrameMemory(byte[] bytes, int origin, bool isAligned)
    {
        _bytes = bytes;
        _origin = origin;
        IsAligned = isAligned;
    }

    /// <summary>True when it begins at a multiple of <see cref="Alignment"/> and lies still.</summary>
    public bool IsAligned { get; }

    public int Length => _bytes is null ? 0 : _bytes.Length - (IsAligned ? Alignment : 0);

    public Span<byte> Span => _bytes.AsSpan(_origin, Length);

    public static FrameMemory Rent(int length, bool aligned)
    {
        if (!aligned)
            return new FrameMemory(ArrayPool<byte>.Shared.Rent(length), 0, isAligned: false);
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, SmallestAligned));
        if (Kept[ClassOf(size)].TryDequeue(out var bytes))
            Interlocked.Add(ref _keptBytes, -size);
        else
            bytes = GC.AllocateUninitializedArray<byte>(size + Alignment, pinned: true);
        return new FrameMemory(bytes, OriginOf(bytes), isAligned: true);
    }

    public void Return()
    {
        if (_bytes is null)
            return;
        if (!IsAligned)
            ArrayPool<byte>.Shared.Return(_bytes);
        else if (Interlocked.Add(ref _keptBytes, Length) <= MostKept)
            Kept[ClassOf(Length)].Enqueue(_bytes);
        else
            Interlocked.Add(ref _keptBytes, -Length);
    }

    private static int ClassOf(int size) => BitOperations.Log2((uint)size) - BitOperations.Log2(SmallestAligned);

    private static int OriginOf(byte[] pinned)
    {
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        return (int)((Alignment - (address % Alignment)) % Alignment);
    }
}
