using Headrace.Streams.Traffic;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Streams.Tests.Traffic;

/// <summary>A lag is remembered long enough to be seen, and no longer.</summary>
public sealed class RecentPeakTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void The_largest_value_stays_for_half_a_minute_at_least_and_a_whole_one_at_most()
    {
        var peak = new RecentPeak(_time);
        peak.Value.ShouldBeNull();
        peak.Add(500);
        peak.Add(0);
        peak.Value.ShouldBe(500);
        _time.Advance(TimeSpan.FromSeconds(30));
        peak.Add(7);
        peak.Value.ShouldBe(500);
        _time.Advance(TimeSpan.FromSeconds(30));
        peak.Value.ShouldBe(7);
        _time.Advance(TimeSpan.FromSeconds(60));
        peak.Value.ShouldBeNull();
    }

    [Fact]
    public void What_was_seen_long_ago_does_not_come_back()
    {
        var peak = new RecentPeak(_time);
        peak.Add(500);
        _time.Advance(TimeSpan.FromMinutes(10));
        peak.Value.ShouldBeNull();
        peak.Add(1);
        peak.Value.ShouldBe(1);
    }
}
