namespace Headrace.Delivery;

/// <summary>Counts what all buffers hold together. Thread-safe.</summary>
internal sealed class BufferMemory(long capacity)
{
    private long _used;

    /// <summary>True when buffers should be delivered before they are full.</summary>
    public bool IsExhausted => Interlocked.Read(ref _used) > capacity;

    public void Take(long bytes) => Interlocked.Add(ref _used, bytes);

    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);
}
