using System.Collections.Concurrent;
using Headrace.ShardLog;
using Headrace.Streams.Puts;

namespace Headrace.Streams.Traffic;

/// <summary>
/// What one stream took and gave since the server started. Thread-safe; counting a put or a read allocates nothing and, unless its
/// shards are counted too, does not look at its records.
/// </summary>
public sealed class StreamTraffic
{
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<int, ShardTraffic> _shards = new();
    private long _incomingRecords;
    private long _incomingBytes;
    private long _recordsPut;
    private long _recordsFailed;
    private long _recordsThrottled;
    private long _writesRefused;
    private long _readsRefused;
    private volatile string? _writeFailure;

    internal StreamTraffic(TimeProvider time) => _time = time;

    /// <summary>Records stored. One that came twice in attempts of the same call was stored once.</summary>
    public long IncomingRecords => Interlocked.Read(ref _incomingRecords);

    /// <summary>Bytes of their partition keys and data.</summary>
    public long IncomingBytes => Interlocked.Read(ref _incomingBytes);

    public CallTraffic PutRecord { get; } = new();

    /// <summary>PutRecords calls; they succeed when at least one of their records is taken.</summary>
    public CallTraffic PutRecords { get; } = new();

    public CallTraffic GetRecords { get; } = new();

    /// <summary>Records that came by PutRecords, whatever became of them.</summary>
    public long RecordsPut => Interlocked.Read(ref _recordsPut);

    /// <summary>Those of them that failed, other than by their shard's share.</summary>
    public long RecordsFailed => Interlocked.Read(ref _recordsFailed);

    /// <summary>Those of them that their shard's share had no room for.</summary>
    public long RecordsThrottled => Interlocked.Read(ref _recordsThrottled);

    /// <summary>Why the last put could not be made durable; null once one could be.</summary>
    public string? WriteFailure => _writeFailure;

    /// <summary>Records refused because their shard's share was used up.</summary>
    public long WritesRefused => Interlocked.Read(ref _writesRefused);

    /// <summary>Reads refused because their shard's share was used up.</summary>
    public long ReadsRefused => Interlocked.Read(ref _readsRefused);

    /// <summary>How far GetRecords was behind the tip of a shard lately, in milliseconds; null when nobody read.</summary>
    public long? IteratorAgeMs => _shards.Values.Max(static shard => shard.IteratorAgeMs);

    /// <summary>A shard's own counts.</summary>
    public ShardTraffic Of(int shard) => _shards.GetOrAdd(shard, static (_, time) => new ShardTraffic(time), _time);

    internal ConsumerTraffic NewConsumer() => new(_time);

    /// <summary>When a call begins, as its count is told when it ends.</summary>
    internal long Begin() => _time.GetTimestamp();

    /// <summary>Counts records that were stored.</summary>
    /// <param name="batch">The put's records.</param>
    /// <param name="refused">Those that were not taken; null: none.</param>
    /// <param name="byShard">Whether to count by shard too.</param>
    /// <param name="skipped">How many of the first ones were stored before.</param>
    internal void CountIncoming(RecordBatch batch, RefusedRecords? refused, bool byShard, int skipped = 0)
    {
        if (skipped + (refused?.Count ?? 0) == batch.Count)
            return;
        if (refused is null && skipped == 0)
        {
            Interlocked.Add(ref _incomingRecords, batch.Count);
            Interlocked.Add(ref _incomingBytes, batch.RecordBytes);
        }
        else
        {
            Interlocked.Add(ref _incomingRecords, batch.Count - skipped - (refused?.Count ?? 0));
            Interlocked.Add(ref _incomingBytes, TakenBytes(batch, refused, skipped));
        }
        if (_writeFailure is not null)
            _writeFailure = null;
        if (!byShard)
            return;
        for (var i = skipped; i < batch.Count; i++)
        {
            if (refused is null || refused[i] == RecordRefusal.None)
                Of(batch.ShardOf(i)).Take(batch.SizeOf(i));
        }
    }

    /// <summary>Counts a put's outcome.</summary>
    /// <param name="call">PutRecord or PutRecords.</param>
    /// <param name="begun">When it began.</param>
    /// <param name="batch">Its records.</param>
    /// <param name="refused">Those that were not taken; null: none.</param>
    /// <param name="byShard">Whether to count by shard too.</param>
    internal void CountPut(StreamCall call, long begun, RecordBatch batch, RefusedRecords? refused, bool byShard)
    {
        var took = _time.GetElapsedTime(begun);
        var throttled = refused is null ? 0 : CountThrottled(batch, refused, byShard);
        var counts = call == StreamCall.PutRecord ? PutRecord : PutRecords;
        if (refused is null)
            counts.Succeed(took, batch.Count, batch.RecordBytes);
        else if (refused.IsWhole)
            counts.Fail(took);
        else
            counts.Succeed(took, batch.Count - refused.Count, TakenBytes(batch, refused));
        if (call != StreamCall.PutRecords)
            return;
        Interlocked.Add(ref _recordsPut, batch.Count);
        if (refused is null)
            return;
        Interlocked.Add(ref _recordsThrottled, throttled);
        Interlocked.Add(ref _recordsFailed, refused.Count - throttled);
    }

    /// <summary>Counts a put that threw.</summary>
    internal void CountFailedPut(StreamCall call, long begun, RecordBatch batch, Exception failure)
    {
        if (failure is LogUnavailableException)
            _writeFailure = failure.Message;
        var counts = call == StreamCall.PutRecord ? PutRecord : PutRecords;
        counts.Fail(_time.GetElapsedTime(begun));
        if (call != StreamCall.PutRecords)
            return;
        Interlocked.Add(ref _recordsPut, batch.Count);
        Interlocked.Add(ref _recordsFailed, batch.Count);
    }

    internal void CountRead(long begun, int shard, RecordPage page, long behindMs, bool byShard)
    {
        GetRecords.Succeed(_time.GetElapsedTime(begun), page.Count, page.ByteLength);
        var counts = Of(shard);
        counts.Age(behindMs);
        if (byShard)
            counts.Give(page.Count, page.ByteLength);
    }

    internal void CountFailedRead(long begun) => GetRecords.Fail(_time.GetElapsedTime(begun));

    internal void CountRefusedRead(int shard, bool byShard)
    {
        Interlocked.Increment(ref _readsRefused);
        if (byShard)
            Of(shard).RefuseRead();
    }

    /// <summary>Forgets shards that have gone.</summary>
    internal void Forget(IEnumerable<int> shards)
    {
        foreach (var shard in shards)
            _shards.TryRemove(shard, out _);
    }

    private int CountThrottled(RecordBatch batch, RefusedRecords refused, bool byShard)
    {
        var throttled = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            if (refused[i] != RecordRefusal.ThroughputExceeded)
                continue;
            throttled++;
            if (byShard)
                Of(batch.ShardOf(i)).RefuseWrite();
        }
        Interlocked.Add(ref _writesRefused, throttled);
        return throttled;
    }

    private static long TakenBytes(RecordBatch batch, RefusedRecords? refused, int skipped = 0)
    {
        long bytes = 0;
        for (var i = skipped; i < batch.Count; i++)
        {
            if (refused is null || refused[i] == RecordRefusal.None)
                bytes += batch.SizeOf(i);
        }
        return bytes;
    }
}
