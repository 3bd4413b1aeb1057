using System.Collections.Immutable;

namespace Headrace.Streams.Traffic;

/// <summary>How long calls took, counted in buckets, since the server started. Thread-safe, and adding one allocates nothing.</summary>
public sealed class LatencyCounts
{
    private static readonly double[] Bounds = [0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

    // One more than there are bounds: what took longer than the last one.
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _ticks;

    /// <summary>The buckets' upper bounds in milliseconds, included.</summary>
    public static ReadOnlySpan<double> UpperBoundsMs => Bounds;

    public void Add(TimeSpan took)
    {
        var milliseconds = took.TotalMilliseconds;
        var bucket = 0;
        while (bucket < Bounds.Length && milliseconds > Bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _ticks, took.Ticks);
    }

    /// <summary>The counts now. Calls that end meanwhile may be in it with their bucket and not yet with their time.</summary>
    public LatencySnapshot Snapshot()
    {
        var counts = new long[_counts.Length];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Interlocked.Read(ref _counts[i]);
        return new LatencySnapshot(ImmutableArray.Create(counts), TimeSpan.FromTicks(Interlocked.Read(ref _ticks)));
    }
}
