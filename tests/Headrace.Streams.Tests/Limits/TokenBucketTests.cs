using Headrace.Streams.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Streams.Tests.Limits;

public sealed class TokenBucketTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_holds_a_seconds_share_and_fills_with_time()
    {
        var bucket = new TokenBucket(_time, perSecond: 5, capacity: 5);
        for (var i = 0; i < 5; i++)
            bucket.TryTake(1).ShouldBeTrue();
        bucket.TryTake(1).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(199));
        bucket.TryTake(1).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        bucket.TryTake(1).ShouldBeTrue();
        bucket.TryTake(1).ShouldBeFalse();
        _time.Advance(TimeSpan.FromDays(400));
        bucket.IsFull.ShouldBeTrue();
        bucket.TryTake(6).ShouldBeFalse();
        bucket.TryTake(5).ShouldBeTrue();
    }

    [Fact]
    public void Many_small_looks_at_it_lose_no_part_of_a_token()
    {
        var bucket = new TokenBucket(_time, perSecond: 3, capacity: 3);
        bucket.TryTake(3).ShouldBeTrue();
        for (var i = 0; i < 10_000; i++)
        {
            bucket.IsFull.ShouldBeFalse();
            _time.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerSecond / 10_000));
        }
        bucket.TryTake(3).ShouldBeTrue();
    }

    [Fact]
    public void A_debt_is_paid_before_anything_can_be_taken()
    {
        var bucket = new TokenBucket(_time, perSecond: 2, capacity: 2);
        bucket.Charge(10);
        // More than it can hold: the full five seconds, although two tokens were saved.
        bucket.UntilAny.ShouldBe(TimeSpan.FromSeconds(5) + TimeSpan.FromTicks(1));
        _time.Advance(TimeSpan.FromSeconds(5));
        bucket.UntilAny.ShouldNotBe(TimeSpan.Zero);
        _time.Advance(bucket.UntilAny);
        bucket.UntilAny.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void What_does_not_fit_is_kept_in_the_reserve()
    {
        var bucket = new TokenBucket(_time, perSecond: 1, capacity: 1, reserve: 9);
        bucket.TryTake(2).ShouldBeFalse();
        bucket.TryTakeWithReserve(10).ShouldBeTrue();
        bucket.TryTakeWithReserve(1).ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        bucket.TryTakeWithReserve(2).ShouldBeFalse();
        bucket.TryTake(1).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(9));
        bucket.TryTakeWithReserve(10).ShouldBeFalse();
        bucket.TryTakeWithReserve(9).ShouldBeTrue();
    }
}
