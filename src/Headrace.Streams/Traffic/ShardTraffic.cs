namespace Headrace.Streams.Traffic;

/// <summary>
/// What one shard took and gave since the server started; all but the iterator's age is counted only while the stream has enhanced
/// monitoring. Thread-safe.
/// </summary>
public sealed class ShardTraffic
{
    private readonly RecentPeak _iteratorAge;
    private long _incomingRecords;
    private long _incomingBytes;
    private long _outgoingRecords;
    private long _outgoingBytes;
    private long _writesRefused;
    private long _readsRefused;

    internal ShardTraffic(TimeProvider time) => _iteratorAge = new RecentPeak(time);

    public long IncomingRecords => Interlocked.Read(ref _incomingRecords);

    public long IncomingBytes => Interlocked.Read(ref _incomingBytes);

    /// <summary>Records that were read or pushed.</summary>
    public long OutgoingRecords => Interlocked.Read(ref _outgoingRecords);

    public long OutgoingBytes => Interlocked.Read(ref _outgoingBytes);

    /// <summary>Records refused because the shard's share was used up.</summary>
    public long WritesRefused => Interlocked.Read(ref _writesRefused);

    /// <summary>Reads refused because the shard's share was used up.</summary>
    public long ReadsRefused => Interlocked.Read(ref _readsRefused);

    /// <summary>How far GetRecords was behind the shard's tip lately, in milliseconds; null when nobody read.</summary>
    public long? IteratorAgeMs => _iteratorAge.Value;

    internal void Take(long bytes)
    {
        Interlocked.Increment(ref _incomingRecords);
        Interlocked.Add(ref _incomingBytes, bytes);
    }

    internal void Give(long records, long bytes)
    {
        Interlocked.Add(ref _outgoingRecords, records);
        Interlocked.Add(ref _outgoingBytes, bytes);
    }

    internal void RefuseWrite() => Interlocked.Increment(ref _writesRefused);

    internal void RefuseRead() => Interlocked.Increment(ref _readsRefused);

    internal void Age(long milliseconds) => _iteratorAge.Add(milliseconds);
}
