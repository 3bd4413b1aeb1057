using System.Buffers;

namespace Headrace.ShardLog;

/// <summary>Records that a read returned, in pooled memory. Not thread-safe; reuse it for the next read or dispose it.</summary>
public sealed class RecordPage : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private Entry[] _entries = ArrayPool<Entry>.Shared.Rent(256);
    private int _length;

    public int Count { get; private set; }

    /// <summary>Bytes of keys and data.</summary>
    public int ByteLength => _length;

    /// <summary>The position to read from next.</summary>
    public long NextPosition { get; internal set; }

    /// <summary>The shard's durable end when the page was read.</summary>
    public long End { get; internal set; }

    public RecordView this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            ref readonly var entry = ref _entries[index];
            return new RecordView(
                entry.Position,
                entry.ArrivalUnixMs,
                _bytes.AsSpan(entry.Offset, entry.KeyLength),
                _bytes.AsSpan(entry.Offset + entry.KeyLength, entry.DataLength));
        }
    }

    public void Clear()
    {
        Count = 0;
        _length = 0;
    }

    internal void Add(long position, long arrivalUnixMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        if (Count == _entries.Length)
            Grow(ref _entries, Count, Count * 2);
        if (_length + key.Length + data.Length > _bytes.Length)
            Grow(ref _bytes, _length, Math.Max(_bytes.Length * 2, _length + key.Length + data.Length));
        _entries[Count++] = new Entry(position, arrivalUnixMs, _length, key.Length, data.Length);
        key.CopyTo(_bytes.AsSpan(_length));
        data.CopyTo(_bytes.AsSpan(_length + key.Length));
        _length += key.Length + data.Length;
    }

    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length == 0)
            return;
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<Entry>.Shared.Return(_entries);
        Clear();
    }

    private static void Grow<T>(ref T[] array, int used, int capacity)
    {
        var larger = ArrayPool<T>.Shared.Rent(capacity);
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }

    private readonly record struct Entry(long Position, long ArrivalUnixMs, int Offset, int KeyLength, int DataLength);
}
