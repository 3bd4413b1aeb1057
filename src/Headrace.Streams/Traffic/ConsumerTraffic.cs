namespace Headrace.Streams.Traffic;

/// <summary>What was pushed to one registered consumer since the server started. Thread-safe.</summary>
public sealed class ConsumerTraffic
{
    private readonly RecentPeak _behind;
    private long _subscriptions;
    private long _refusedSubscriptions;
    private long _events;
    private long _records;
    private long _bytes;

    internal ConsumerTraffic(TimeProvider time) => _behind = new RecentPeak(time);

    /// <summary>Subscriptions that began.</summary>
    public long Subscriptions => Interlocked.Read(ref _subscriptions);

    /// <summary>Subscriptions refused because they came too often or too soon after another.</summary>
    public long RefusedSubscriptions => Interlocked.Read(ref _refusedSubscriptions);

    /// <summary>Events made for it, those without records included.</summary>
    public long Events => Interlocked.Read(ref _events);

    public long Records => Interlocked.Read(ref _records);

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How far it was behind the tip of a shard lately, in milliseconds; null when nothing was pushed.</summary>
    public long? MillisBehindLatest => _behind.Value;

    internal void Subscribe() => Interlocked.Increment(ref _subscriptions);

    internal void RefuseSubscription() => Interlocked.Increment(ref _refusedSubscriptions);

    internal void Push(long records, long bytes, long behindMs)
    {
        Interlocked.Increment(ref _events);
        Interlocked.Add(ref _records, records);
        Interlocked.Add(ref _bytes, bytes);
        _behind.Add(behindMs);
    }
}
