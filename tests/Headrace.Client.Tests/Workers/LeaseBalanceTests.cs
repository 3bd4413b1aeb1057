using CsCheck;

namespace Headrace.Client.Tests.Workers;

public sealed class LeaseBalanceTests
{
    [Fact]
    public void Who_is_alone_takes_all() => Decide("a", Free(1), Free(2), Free(3)).ShouldBe(("1 2 3", ""));

    [Fact]
    public void Free_leases_are_taken_up_to_the_share() => Decide("a", Owned(1, "b"), Owned(2, "b"), Free(3), Expired(4, "c")).ShouldBe(("3 4", ""));

    [Fact]
    public void Who_has_enough_takes_only_what_nobody_takes_for_long()
    {
        Decide("a", Owned(1, "a"), Owned(2, "a"), Owned(3, "b"), Free(4)).ShouldBe(("1 2", ""));
        Decide("a", Owned(1, "a"), Owned(2, "a"), Owned(3, "b"), Free(4) with { IsLongFree = true }).ShouldBe(("1 2 4", ""));
    }

    [Fact]
    public void Who_comes_last_asks_those_who_have_too_much()
    {
        var (take, request) = Decide("c", Owned(1, "a"), Owned(2, "a"), Owned(3, "a"), Owned(4, "a"), Owned(5, "b"), Owned(6, "b"));
        take.ShouldBe("");
        request.Split(' ').Length.ShouldBe(2);
        request.Split(' ').ShouldBeSubsetOf(["1", "2", "3", "4"]);
    }

    [Fact]
    public void What_is_asked_for_counts_as_had_and_is_taken_when_it_is_overdue()
    {
        Decide("b", Owned(1, "a"), Owned(2, "a", requestedBy: "b")).ShouldBe(("", ""));
        Decide("b", Owned(1, "a"), Owned(2, "a", requestedBy: "b") with { IsHandoverOverdue = true }).ShouldBe(("2", ""));
    }

    [Fact]
    public void Shards_that_ended_or_wait_for_their_parents_are_nobodys() =>
        Decide("a", Free(1) with { IsReady = false }, new ObservedLease(new Lease { ShardId = "2", Checkpoint = LeaseCheckpoint.ShardEnd }), Free(3)).ShouldBe(("3", ""));

    /// <summary>However leases and workers start, all leases are had in the end, nobody has two more than another, and nothing is asked for any more.</summary>
    [Fact]
    public void Workers_who_decide_in_turns_come_to_rest_in_balance() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 6], Gen.Int[0, 7].Array[30], Gen.Int).Sample((count, workers, start, seed) =>
        {
            var random = new Random(seed);
            var leases = Enumerable.Range(0, count).Select(n => start[n] < workers ? Owned(n, $"w{start[n]}") : Free(n)).ToList();
            for (var round = 0; round < 40; round++)
            {
                for (var worker = 0; worker < workers; worker++)
                {
                    var self = $"w{worker}";
                    var (take, request) = LeaseBalance.Decide(leases, self, random);
                    leases = [.. leases.Select(lease => lease.Lease.Owner != self && take.Contains(lease.Lease) ? Owned(lease, self) : request.Contains(lease.Lease) ? Asked(lease, self) : lease)];
                }
                // Who was asked hands over.
                leases = [.. leases.Select(lease => lease.Lease.RequestedBy is { } asker ? Owned(lease, asker) : lease)];
            }
            var loads = Enumerable.Range(0, workers).Select(worker => leases.Count(lease => lease.Lease.Owner == $"w{worker}")).ToList();
            loads.Sum().ShouldBe(count);
            (loads.Max() - loads.Min()).ShouldBeLessThanOrEqualTo(Math.Max(1, workers - 1));
            for (var worker = 0; worker < workers; worker++)
                LeaseBalance.Decide(leases, $"w{worker}", random).Request.ShouldBeEmpty();
        }, iter: 300);

    private static ObservedLease Owned(ObservedLease lease, string owner) => new(lease.Lease with { Owner = owner, RequestedBy = null });

    private static ObservedLease Asked(ObservedLease lease, string worker) => lease with { Lease = lease.Lease with { RequestedBy = worker } };

    private static (string Take, string Request) Decide(string self, params ObservedLease[] leases)
    {
        var (take, request) = LeaseBalance.Decide(leases, self, new Random(1));
        return (Ids(take), Ids(request));
    }

    private static string Ids(IReadOnlyList<Lease> leases) => string.Join(' ', leases.Select(lease => lease.ShardId).Order(StringComparer.Ordinal));

    private static ObservedLease Free(int n) => new(new Lease { ShardId = $"{n}" });

    private static ObservedLease Owned(int n, string owner, string? requestedBy = null) => new(new Lease { ShardId = $"{n}", Owner = owner, RequestedBy = requestedBy });

    private static ObservedLease Expired(int n, string owner) => Owned(n, owner) with { IsExpired = true };
}
