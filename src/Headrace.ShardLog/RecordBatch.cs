using System.Buffers;
using System.Buffers.Binary;
using System.Threading.Tasks.Sources;

namespace Headrace.ShardLog;

/// <summary>
/// Records on their way into a log, already in the log's own record format (docs/log-format.md), in pooled memory.
/// Not thread-safe; one owner, who disposes it after the append completed.
/// </summary>
public sealed class RecordBatch : IDisposable, IValueTaskSource
{
    // Appenders go on elsewhere: the committer's thread has the next frame to write.
    private ManualResetValueTaskSourceCore<bool> _completion = new() { RunContinuationsAsynchronously = true };
    private byte[] _bytes;
    private int[] _offsets;
    private int _length;
    private int _openRecord = -1;

    public RecordBatch(int capacity = 16 * 1024, int records = 16)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(capacity);
        _offsets = ArrayPool<int>.Shared.Rent(records);
    }

    public int Count { get; private set; }

    /// <summary>When the records arrived, in milliseconds since 1970 (UTC). Set by the append.</summary>
    public long ArrivalUnixMs { get; set; }

    /// <summary>
    /// Called by the append once the records have their positions and before their bytes are taken: the last moment to change
    /// data. It runs under the log's lock, so it is quick and does not fail.
    /// </summary>
    public Action<RecordBatch>? Placed { get; set; }

    /// <summary>Bytes of all records' keys and data.</summary>
    public int RecordBytes => _length - (Count * RecordFormat.HeaderLength);

    /// <summary>The records' bytes in the log's format.</summary>
    internal Span<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Completes when the append that has begun is durable or has failed.</summary>
    internal ValueTask Completion => new(this, _completion.Version);

    public int ShardOf(int record) => BinaryPrimitives.ReadInt32LittleEndian(Header(record));

    /// <summary>Routes a record that was added before its shard was known.</summary>
    public void SetShard(int record, int shard) => BinaryPrimitives.WriteInt32LittleEndian(Header(record), shard);

    /// <summary>The record's position in its shard. Set by the append.</summary>
    public long PositionOf(int record) => BinaryPrimitives.ReadInt64LittleEndian(Header(record)[RecordFormat.PositionOffset..]);

    internal void SetPosition(int record, long position) =>
        BinaryPrimitives.WriteInt64LittleEndian(Header(record)[RecordFormat.PositionOffset..], position);

    /// <summary>Tells where a record is that was appended earlier, so that the batch answers as if it had been appended with it.</summary>
    public void SetPlace(int record, int shard, long position)
    {
        SetShard(record, shard);
        SetPosition(record, position);
    }

    /// <summary>Bytes of the record's key and data.</summary>
    public int SizeOf(int record)
    {
        var header = Header(record);
        return RecordFormat.KeyLength(header) + RecordFormat.DataLength(header);
    }

    /// <summary>The record's data, to be changed until the append takes it.</summary>
    public Span<byte> DataOf(int record)
    {
        var header = Header(record);
        return header.Slice(RecordFormat.HeaderLength + RecordFormat.KeyLength(header), RecordFormat.DataLength(header));
    }

    /// <summary>The record's key.</summary>
    public ReadOnlySpan<byte> KeyOf(int record)
    {
        var header = Header(record);
        return header.Slice(RecordFormat.HeaderLength, RecordFormat.KeyLength(header));
    }

    public void Add(int shard, ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        data.CopyTo(BeginRecord(shard, key, data.Length));
        EndRecord(data.Length);
    }

    /// <summary>
    /// Opens a record and gives room for its data, so that a decoder can write in place; <see cref="EndRecord"/> tells how
    /// much was written.
    /// </summary>
    public Span<byte> BeginRecord(int shard, ReadOnlySpan<byte> key, int maxDataLength)
    {
        if (key.Length > ushort.MaxValue)
            throw new ArgumentException($"A key has at most {ushort.MaxValue} bytes, not {key.Length}.", nameof(key));
        EnsureRoom(RecordFormat.HeaderLength + key.Length + maxDataLength);
        _openRecord = _length;
        var header = _bytes.AsSpan(_length);
        RecordFormat.WriteHeader(header, shard, position: 0, key.Length, dataLength: 0);
        key.CopyTo(header[RecordFormat.HeaderLength..]);
        return header.Slice(RecordFormat.HeaderLength + key.Length, maxDataLength);
    }

    /// <summary>Closes the open record with the number of data bytes that were written.</summary>
    public void EndRecord(int dataLength)
    {
        if (_openRecord < 0)
            throw new InvalidOperationException("No record is open.");
        var header = _bytes.AsSpan(_openRecord);
        RecordFormat.SetDataLength(header, dataLength);
        if (Count == _offsets.Length)
            Grow(ref _offsets, Count, Count * 2);
        _offsets[Count++] = _openRecord;
        _length = _openRecord + RecordFormat.LengthOf(header);
        _openRecord = -1;
    }

    /// <summary>Forgets the open record.</summary>
    public void AbandonRecord() => _openRecord = -1;

    /// <summary>Takes back the record that was added last.</summary>
    public void RemoveLast()
    {
        ArgumentOutOfRangeException.ThrowIfZero(Count);
        _length = _offsets[--Count];
    }

    public void Clear()
    {
        Count = 0;
        _length = 0;
        _openRecord = -1;
    }

    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length == 0)
            return;
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<int>.Shared.Return(_offsets);
        Clear();
    }

    void IValueTaskSource.GetResult(short token) => _completion.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    /// <summary>An append begins; there is one at a time.</summary>
    internal void Begin() => _completion.Reset();

    internal void Complete() => _completion.SetResult(true);

    internal void Fail(Exception reason) => _completion.SetException(reason);

    private Span<byte> Header(int record)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(record, Count);
        return _bytes.AsSpan(_offsets[record]);
    }

    private void EnsureRoom(int more)
    {
        if (_length + more > _bytes.Length)
            Grow(ref _bytes, _length, Math.Max(_bytes.Length * 2, _length + more));
    }

    private static void Grow<T>(ref T[] array, int used, int capacity)
    {
        var larger = ArrayPool<T>.Shared.Rent(capacity);
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
