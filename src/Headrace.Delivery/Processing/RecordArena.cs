using System.Buffers;

namespace Headrace.Delivery.Processing;

/// <summary>The bytes of the records being processed, in one pooled array. Not thread-safe.</summary>
internal sealed class RecordArena : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _length;

    /// <summary>Bytes that were added before; valid until more are added.</summary>
    public ReadOnlySpan<byte> this[ArenaSlice slice] => _bytes.AsSpan(slice.Offset, slice.Length);

    public ReadOnlyMemory<byte> MemoryOf(ArenaSlice slice) => _bytes.AsMemory(slice.Offset, slice.Length);

    public ArenaSlice Add(ReadOnlySpan<byte> data)
    {
        if (_length + data.Length > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + data.Length));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        data.CopyTo(_bytes.AsSpan(_length));
        var slice = new ArenaSlice(_length, data.Length);
        _length += data.Length;
        return slice;
    }

    public void Clear() => _length = 0;

    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
        _length = 0;
    }
}
