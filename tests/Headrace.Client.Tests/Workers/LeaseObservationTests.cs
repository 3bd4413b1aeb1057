using Microsoft.Extensions.Time.Testing;

namespace Headrace.Client.Tests.Workers;

public sealed class LeaseObservationTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LeaseObservation _observation;
    private readonly Lease _lease = new() { ShardId = "s", Owner = "b", Counter = 5 };

    public LeaseObservationTests() => _observation = new LeaseObservation(_time, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), "a");

    [Fact]
    public void A_lease_expires_when_its_counter_stands_still_for_the_observer()
    {
        See(_lease, after: 0).IsExpired.ShouldBeFalse();
        See(_lease, after: 10).IsExpired.ShouldBeFalse();
        See(_lease, after: 1).IsExpired.ShouldBeTrue();
        See(_lease with { Counter = 6 }, after: 60).IsExpired.ShouldBeFalse();
        See(_lease with { Counter = 6 }, after: 9).IsLongFree.ShouldBeFalse();
        See(_lease with { Counter = 6 }, after: 22).IsLongFree.ShouldBeTrue();
    }

    [Fact]
    public void An_owner_is_alive_once_it_was_seen_to_renew()
    {
        See(_lease, after: 0).IsSeenAlive.ShouldBeFalse();
        See(_lease with { Owner = "c", Counter = 6 }, after: 1).IsSeenAlive.ShouldBeFalse();
        See(_lease with { Owner = "c", Counter = 7 }, after: 1).IsSeenAlive.ShouldBeTrue();
        See(_lease with { Owner = "c", Counter = 7 }, after: 1).IsSeenAlive.ShouldBeTrue();
    }

    [Fact]
    public void A_handover_is_overdue_after_its_time_whatever_the_counter_does()
    {
        for (var second = 0; second <= 30; second++)
            See(_lease with { RequestedBy = "a", Counter = second }, after: second == 0 ? 0 : 1).IsHandoverOverdue.ShouldBeFalse();
        See(_lease with { RequestedBy = "a", Counter = 31 }, after: 1).IsHandoverOverdue.ShouldBeTrue();
        See(_lease with { RequestedBy = "c", Counter = 32 }, after: 1).IsHandoverOverdue.ShouldBeFalse();
    }

    [Fact]
    public void A_shard_is_ready_when_all_its_parents_have_ended()
    {
        var child = new Lease { ShardId = "child", ParentShardIds = ["p1", "p2"] };
        var done = new Lease { ShardId = "p1", Checkpoint = LeaseCheckpoint.ShardEnd };
        IsReady(child, done, new Lease { ShardId = "p2" }).ShouldBeFalse();
        IsReady(child, done, done with { ShardId = "p2" }).ShouldBeTrue();
        // The parents' leases are deleted in time.
        IsReady(child).ShouldBeTrue();
    }

    private bool IsReady(params Lease[] leases) => _observation.Observe(leases).Single(lease => lease.Lease.ShardId == "child").IsReady;

    private ObservedLease See(Lease lease, int after)
    {
        _time.Advance(TimeSpan.FromSeconds(after));
        return _observation.Observe([lease]).ShouldHaveSingleItem();
    }
}
