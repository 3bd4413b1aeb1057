using Headrace.ShardLog;
using Headrace.Streams.Traffic;

namespace Headrace.Delivery.Traffic;

/// <summary>What went into and out of one delivery stream since the server started. Thread-safe, and counting allocates nothing.</summary>
public sealed class DeliveryTraffic
{
    private const long None = -1;

    private readonly TimeProvider _time;
    private long _recordsRead;
    private long _bytesRead;
    private long _putsBegun;
    private long _objectsPut;
    private long _recordsPut;
    private long _bytesPut;
    private long _objectsMerged;
    private long _mergedObjects;
    private long _mergedBytes;
    private long _oldestUnixMs = None;
    private long _behindMs = None;

    internal DeliveryTraffic(TimeProvider time) => _time = time;

    public CallTraffic PutRecord { get; } = new();

    public CallTraffic PutRecordBatch { get; } = new();

    /// <summary>Records read from the data stream that is its source.</summary>
    public long RecordsRead => Interlocked.Read(ref _recordsRead);

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Attempts to put an object.</summary>
    public long PutsBegun => Interlocked.Read(ref _putsBegun);

    /// <summary>Attempts that succeeded.</summary>
    public long ObjectsPut => Interlocked.Read(ref _objectsPut);

    /// <summary>Records in those objects.</summary>
    public long RecordsPut => Interlocked.Read(ref _recordsPut);

    /// <summary>Bytes of their data, before compression.</summary>
    public long BytesPut => Interlocked.Read(ref _bytesPut);

    /// <summary>Small objects that were merged into larger ones.</summary>
    public long ObjectsMerged => Interlocked.Read(ref _objectsMerged);

    /// <summary>Larger objects that were made of them.</summary>
    public long MergedObjects => Interlocked.Read(ref _mergedObjects);

    /// <summary>Bytes of these.</summary>
    public long MergedBytes => Interlocked.Read(ref _mergedBytes);

    /// <summary>Since when the oldest record waits that was read and is not delivered. A failure does not make it younger.</summary>
    public TimeSpan Freshness
    {
        get
        {
            var oldest = Interlocked.Read(ref _oldestUnixMs);
            return oldest == None ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Max(0, _time.GetUtcNow().ToUnixTimeMilliseconds() - oldest));
        }
    }

    /// <summary>How far the last read was behind the tip of the source's shard, in milliseconds; null before the first.</summary>
    public long? MillisBehindLatest => Interlocked.Read(ref _behindMs) is var behind and not None ? behind : null;

    /// <summary>When a call begins, as its count is told when it ends.</summary>
    internal long Begin() => _time.GetTimestamp();

    internal TimeSpan Since(long begun) => _time.GetElapsedTime(begun);

    /// <summary>Counts records that the worker read.</summary>
    internal void Read(RecordPage page)
    {
        Interlocked.Add(ref _recordsRead, page.Count);
        Interlocked.Add(ref _bytesRead, page.ByteLength);
        var isTip = page.Count == 0 || page.NextPosition >= page.End;
        Interlocked.Exchange(ref _behindMs, isTip ? 0 : Math.Max(0, _time.GetUtcNow().ToUnixTimeMilliseconds() - page[page.Count - 1].ArrivalUnixMs));
    }

    /// <summary>Tells that records wait, the oldest of which arrived then. Called by one stage alone, as is <see cref="Deliver"/>.</summary>
    internal void Wait(long oldestUnixMs)
    {
        if (_oldestUnixMs == None || oldestUnixMs < _oldestUnixMs)
            Interlocked.Exchange(ref _oldestUnixMs, oldestUnixMs);
    }

    internal void BeginPut() => Interlocked.Increment(ref _putsBegun);

    internal void EndPut(long records, long bytes)
    {
        Interlocked.Increment(ref _objectsPut);
        Interlocked.Add(ref _recordsPut, records);
        Interlocked.Add(ref _bytesPut, bytes);
    }

    internal void Merge(long objects, long bytes)
    {
        Interlocked.Add(ref _objectsMerged, objects);
        Interlocked.Increment(ref _mergedObjects);
        Interlocked.Add(ref _mergedBytes, bytes);
    }

    /// <summary>Tells that nothing that was read waits any more.</summary>
    internal void Deliver() => Interlocked.Exchange(ref _oldestUnixMs, None);
}
