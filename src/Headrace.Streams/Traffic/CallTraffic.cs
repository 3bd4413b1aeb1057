namespace Headrace.Streams.Traffic;

/// <summary>The calls of one kind since the server started. Thread-safe, and counting allocates nothing.</summary>
public sealed class CallTraffic
{
    private long _successes;
    private long _records;
    private long _bytes;

    /// <summary>Calls that succeeded.</summary>
    public long Successes => Interlocked.Read(ref _successes);

    /// <summary>Records that they carried.</summary>
    public long Records => Interlocked.Read(ref _records);

    /// <summary>Bytes of those records: partition keys and data.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How long calls took, failed ones included.</summary>
    public LatencyCounts Latency { get; } = new();

    public void Succeed(TimeSpan took, long records, long bytes)
    {
        Interlocked.Increment(ref _successes);
        Interlocked.Add(ref _records, records);
        Interlocked.Add(ref _bytes, bytes);
        Latency.Add(took);
    }

    public void Fail(TimeSpan took) => Latency.Add(took);
}
