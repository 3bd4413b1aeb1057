using System.Collections.Immutable;

namespace Headrace.Streams.Traffic;

/// <summary>What <see cref="LatencyCounts"/> held at one moment.</summary>
/// <param name="Counts">Calls in each bucket, the last one for those beyond every bound.</param>
/// <param name="Sum">How long they took together.</param>
public readonly record struct LatencySnapshot(ImmutableArray<long> Counts, TimeSpan Sum)
{
    /// <summary>Calls in all buckets.</summary>
    public long Count => Counts.Sum();

    /// <summary>The calls since an earlier snapshot.</summary>
    public LatencySnapshot Since(LatencySnapshot earlier)
    {
        var before = earlier.Counts;
        return new LatencySnapshot([.. Counts.Select((count, bucket) => count - before[bucket])], Sum - earlier.Sum);
    }

    /// <summary>
    /// About how many milliseconds the given part of the calls took at most, with even spread assumed within a bucket, as Prometheus
    /// does; null when there were none. What lies beyond the last bound counts as that.
    /// </summary>
    /// <param name="part">Between 0 and 1.</param>
    public double? Quantile(double part)
    {
        var rank = part * Count;
        if (Count == 0)
            return null;
        var bounds = LatencyCounts.UpperBoundsMs;
        double below = 0;
        for (var bucket = 0; bucket < bounds.Length; bucket++)
        {
            if (Counts[bucket] > 0 && below + Counts[bucket] >= rank)
            {
                var lower = bucket == 0 ? 0 : bounds[bucket - 1];
                return lower + ((bounds[bucket] - lower) * (rank - below) / Counts[bucket]);
            }
            below += Counts[bucket];
        }
        return bounds[^1];
    }
}
