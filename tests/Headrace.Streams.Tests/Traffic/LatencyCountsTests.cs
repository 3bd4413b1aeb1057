using Headrace.Streams.Traffic;

namespace Headrace.Streams.Tests.Traffic;

/// <summary>Latencies counted in buckets.</summary>
public sealed class LatencyCountsTests
{
    [Fact]
    public void A_bound_belongs_to_its_own_bucket()
    {
        var counts = new LatencyCounts();
        for (var bound = 0; bound < LatencyCounts.UpperBoundsMs.Length; bound++)
            counts.Add(TimeSpan.FromMilliseconds(LatencyCounts.UpperBoundsMs[bound]));
        counts.Add(TimeSpan.FromHours(1));
        counts.Snapshot().Counts.ShouldAllBe(count => count == 1);
    }

    [Fact]
    public void A_quantile_lies_within_its_bucket()
    {
        var counts = new LatencyCounts();
        counts.Snapshot().Quantile(0.5).ShouldBeNull();
        for (var i = 0; i < 99; i++)
            counts.Add(TimeSpan.FromMilliseconds(2));
        counts.Add(TimeSpan.FromMilliseconds(80));
        var snapshot = counts.Snapshot();
        snapshot.Quantile(0.5)!.Value.ShouldBeInRange(1, 2.5);
        snapshot.Quantile(0.999)!.Value.ShouldBeInRange(50, 100);
        snapshot.Sum.ShouldBe(TimeSpan.FromMilliseconds((99 * 2) + 80));
    }

    [Fact]
    public void The_difference_of_two_looks_is_what_came_between()
    {
        var counts = new LatencyCounts();
        counts.Add(TimeSpan.FromMilliseconds(2));
        var before = counts.Snapshot();
        counts.Add(TimeSpan.FromMilliseconds(300));
        var since = counts.Snapshot().Since(before);
        since.Count.ShouldBe(1);
        since.Quantile(0.5)!.Value.ShouldBeInRange(250, 500);
    }
}
