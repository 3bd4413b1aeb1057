using System.Text;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Partitions;

/// <summary>
/// The buffers of a delivery stream's partitions: of each the one that is being filled, and those that are cut and wait for their objects to be
/// put. Not thread-safe.
/// </summary>
internal sealed class PartitionBuffers
{
    private const int MaxNameOnStack = 1024;

    private readonly Dictionary<string, ObjectBuffer> _buffers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ObjectBuffer>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private readonly HashSet<ObjectBuffer> _cut = [];
    private readonly BufferMemory _memory;
    private readonly TimeProvider _time;

    // Looked for again only after a buffer went.
    private long? _oldestArrivalUnixMs;

    public PartitionBuffers(BufferMemory memory, TimeProvider time)
    {
        _byText = _buffers.GetAlternateLookup<ReadOnlySpan<char>>();
        _memory = memory;
        _time = time;
    }

    public bool IsEmpty => _buffers.Count == 0 && _cut.Count == 0;

    public IEnumerable<ObjectBuffer> All => _buffers.Values.Concat(_cut);

    /// <summary>Those that are being filled.</summary>
    public IReadOnlyCollection<ObjectBuffer> Open => _buffers.Values;

    /// <summary>When the oldest record in them arrived; only where there is one.</summary>
    public long OldestArrivalUnixMs => _oldestArrivalUnixMs ??= All.Min(buffer => buffer.OldestArrivalUnixMs);

    public int Records { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Bytes in those that are being filled.</summary>
    public long OpenBytes { get; private set; }

    /// <summary>True when buffers should be delivered before they are full.</summary>
    public bool IsMemoryExhausted => _memory.IsExhausted;

    /// <summary>The buffer of a partition that is being filled, made where there is none.</summary>
    /// <param name="name">The partition's name in UTF-8.</param>
    /// <param name="expectedBytes">How large the buffer will likely become, where that is known; otherwise 0.</param>
    public ObjectBuffer Of(ReadOnlySpan<byte> name, long expectedBytes)
    {
        Span<char> text = name.Length <= MaxNameOnStack ? stackalloc char[name.Length] : new char[name.Length];
        text = text[..Encoding.UTF8.GetChars(name, text)];
        if (_byText.TryGetValue(text, out var buffer))
            return buffer;
        buffer = new ObjectBuffer(new PartitionName(text.ToString()), _time.GetTimestamp(), expectedBytes);
        _buffers.Add(buffer.Partition.Text, buffer);
        return buffer;
    }

    public void Add(ObjectBuffer buffer, ReadOnlySpan<byte> data, long position, long arrivalUnixMs, long sourceUnixMs)
    {
        buffer.Add(data, position, arrivalUnixMs, sourceUnixMs);
        if (_oldestArrivalUnixMs is { } oldest)
            _oldestArrivalUnixMs = Math.Min(oldest, arrivalUnixMs);
        Records++;
        Bytes += data.Length;
        OpenBytes += data.Length;
        _memory.Take(data.Length);
    }

    /// <summary>Ends a buffer that is being filled, so that its partition's next record begins another one.</summary>
    public void Cut(ObjectBuffer buffer)
    {
        _buffers.Remove(buffer.Partition.Text);
        _cut.Add(buffer);
        OpenBytes -= buffer.Length;
    }

    /// <summary>Gives a buffer's memory back.</summary>
    public void Remove(ObjectBuffer buffer)
    {
        if (!_cut.Contains(buffer))
            Cut(buffer);
        _cut.Remove(buffer);
        _oldestArrivalUnixMs = null;
        Records -= buffer.Records;
        Bytes -= buffer.Length;
        _memory.Return(buffer.Length);
        buffer.Dispose();
    }

    /// <summary>The buffers that are full.</summary>
    public List<ObjectBuffer> Full(S3Destination destination) => [.. _buffers.Values.Where(buffer => IsFull(buffer, buffer.Partition.DestinationOf(destination)))];

    /// <summary>The buffers whose objects are to be put now: by their size, their interval, or because memory is short.</summary>
    public List<ObjectBuffer> Due(S3Destination destination)
    {
        var due = new List<ObjectBuffer>();
        foreach (var buffer in _buffers.Values)
        {
            var hints = buffer.Partition.DestinationOf(destination);
            if (IsFull(buffer, hints) || RestOf(buffer, hints) <= TimeSpan.Zero)
                due.Add(buffer);
        }
        if (due.Count == 0 && _buffers.Count > 0 && _memory.IsExhausted)
            due.Add(_buffers.Values.MaxBy(buffer => buffer.Length)!);
        return due;
    }

    /// <summary>How long until the first of them is due by its interval; infinite where none is filled.</summary>
    public TimeSpan UntilDue(S3Destination destination)
    {
        var wait = Timeout.InfiniteTimeSpan;
        foreach (var buffer in _buffers.Values)
        {
            var rest = RestOf(buffer, buffer.Partition.DestinationOf(destination));
            rest = rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
            wait = wait == Timeout.InfiniteTimeSpan || rest < wait ? rest : wait;
        }
        return wait;
    }

    public void Clear()
    {
        foreach (var buffer in All.ToList())
            Remove(buffer);
    }

    private static bool IsFull(ObjectBuffer buffer, S3Destination destination) => buffer.Length >= destination.BufferBytes;

    private TimeSpan RestOf(ObjectBuffer buffer, S3Destination destination) => TimeSpan.FromSeconds(destination.BufferSeconds) - _time.GetElapsedTime(buffer.FilledSince);
}
