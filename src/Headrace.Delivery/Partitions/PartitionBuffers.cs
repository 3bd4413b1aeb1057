using System.Text;

namespace Headrace.Delivery.Partitions;

/// <summary>The buffers of a delivery stream's partitions. Not thread-safe.</summary>
internal sealed class PartitionBuffers
{
    private const int MaxNameOnStack = 1024;

    private readonly Dictionary<string, ObjectBuffer> _buffers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ObjectBuffer>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private readonly BufferMemory _memory;
    private readonly TimeProvider _time;

    public PartitionBuffers(BufferMemory memory, TimeProvider time)
    {
        _byText = _buffers.GetAlternateLookup<ReadOnlySpan<char>>();
        _memory = memory;
        _time = time;
    }

    public bool IsEmpty => _buffers.Count == 0;

    public IReadOnlyCollection<ObjectBuffer> All => _buffers.Values;

    public int Records { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The buffer of a partition, by its name in UTF-8, made where there is none.</summary>
    public ObjectBuffer Of(ReadOnlySpan<byte> name)
    {
        Span<char> text = name.Length <= MaxNameOnStack ? stackalloc char[name.Length] : new char[name.Length];
        text = text[..Encoding.UTF8.GetChars(name, text)];
        if (_byText.TryGetValue(text, out var buffer))
            return buffer;
        buffer = new ObjectBuffer(new PartitionName(text.ToString()), _time.GetTimestamp());
        _buffers.Add(buffer.Partition.Text, buffer);
        return buffer;
    }

    public void Add(ObjectBuffer buffer, ReadOnlySpan<byte> data, long position, long arrivalUnixMs, long sourceUnixMs)
    {
        buffer.Add(data, position, arrivalUnixMs, sourceUnixMs);
        Records++;
        Bytes += data.Length;
        _memory.Take(data.Length);
    }

    public void Remove(ObjectBuffer buffer)
    {
        if (!_buffers.Remove(buffer.Partition.Text))
            return;
        Records -= buffer.Records;
        Bytes -= buffer.Length;
        _memory.Return(buffer.Length);
        buffer.Dispose();
    }

    public void Clear()
    {
        foreach (var buffer in _buffers.Values.ToList())
            Remove(buffer);
    }
}
