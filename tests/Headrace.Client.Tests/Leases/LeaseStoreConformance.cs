namespace Headrace.Client.Tests.Leases;

/// <summary>What every lease store does. Each test has a store of its own, opened as often as it likes.</summary>
public abstract class LeaseStoreConformance
{
    private static readonly Lease Fresh = new()
    {
        ShardId = "shardId-000000000003",
        Checkpoint = LeaseCheckpoint.Latest,
        ParentShardIds = ["shardId-000000000001", "shardId-000000000002"],
        StartingHashKey = "0",
        EndingHashKey = "340282366920938463463374607431768211455",
    };

    /// <summary>Another connection to the test's store, as another worker has it.</summary>
    protected abstract ILeaseStore Open();

    [Fact]
    public async Task A_lease_is_created_once_and_told_whole()
    {
        using var store = await OpenedAsync();
        (await store.ListAsync()).ShouldBeEmpty();
        (await store.CreateAsync(Fresh)).ShouldBeTrue();
        (await store.CreateAsync(Fresh with { Checkpoint = LeaseCheckpoint.TrimHorizon })).ShouldBeFalse();
        (await store.CreateAsync(new Lease { ShardId = "shardId-000000000004" })).ShouldBeTrue();

        using var other = await OpenedAsync();
        var leases = (await other.ListAsync()).OrderBy(lease => lease.ShardId, StringComparer.Ordinal).ToList();
        leases.Count.ShouldBe(2);
        leases[0].ShouldBeLike(Fresh);
        leases[1].ShouldBeLike(new Lease { ShardId = "shardId-000000000004", Checkpoint = LeaseCheckpoint.TrimHorizon });
    }

    [Fact]
    public async Task Who_takes_a_lease_keeps_others_out_and_renewing_counts_it_up()
    {
        using var store = await OpenedAsync();
        using var other = await OpenedAsync();
        await store.CreateAsync(Fresh);
        var seen = await SoleAsync(other);

        var mine = (await store.TakeAsync(Fresh, "a")).ShouldNotBeNull();
        mine.ShouldBeLike(Fresh with { Owner = "a", Counter = 1 });
        (await other.TakeAsync(seen, "b")).ShouldBeNull();

        var renewed = (await store.RenewAsync(mine)).ShouldNotBeNull();
        renewed.ShouldBeLike(mine with { Counter = 2 });
        (await other.TakeAsync(mine, "b")).ShouldBeNull();
        (await SoleAsync(other)).ShouldBeLike(renewed);

        // The counter that stands still is what makes a lease takeable; the store only compares it.
        var taken = (await other.TakeAsync(await SoleAsync(other), "b")).ShouldNotBeNull();
        taken.ShouldBeLike(renewed with { Owner = "b", Counter = 3, OwnerSwitchesSinceCheckpoint = 1 });
        (await store.RenewAsync(renewed)).ShouldBeNull();
        (await store.CheckpointAsync(renewed, new LeaseCheckpoint("17"))).ShouldBeNull();
        (await store.ReleaseAsync(renewed)).ShouldBeNull();
        (await store.DeleteAsync(renewed)).ShouldBeFalse();
        (await SoleAsync(store)).ShouldBeLike(taken);
    }

    [Fact]
    public async Task A_checkpoint_keeps_sequence_and_subsequence_number_and_the_children_of_the_end()
    {
        using var store = await OpenedAsync();
        await store.CreateAsync(Fresh);
        var first = (await store.TakeAsync(Fresh, "a")).ShouldNotBeNull();
        var held = (await store.TakeAsync(first, "b")).ShouldNotBeNull();
        held.OwnerSwitchesSinceCheckpoint.ShouldBe(1);

        var at = new LeaseCheckpoint("49590338271490256608559692538361571095921575989136588898", 7);
        var inside = (await store.CheckpointAsync(held, at)).ShouldNotBeNull();
        inside.ShouldBeLike(held with { Counter = held.Counter + 1, Checkpoint = at, OwnerSwitchesSinceCheckpoint = 0 });
        var ended = (await store.CheckpointAsync(inside, LeaseCheckpoint.ShardEnd, ["shardId-000000000005", "shardId-000000000006"])).ShouldNotBeNull();
        ended.IsEnded.ShouldBeTrue();

        using var other = await OpenedAsync();
        (await SoleAsync(other)).ShouldBeLike(inside with { Counter = ended.Counter, Checkpoint = LeaseCheckpoint.ShardEnd, ChildShardIds = ["shardId-000000000005", "shardId-000000000006"] });
    }

    [Fact]
    public async Task A_lease_that_is_asked_for_goes_to_who_asked_or_to_nobody()
    {
        using var store = await OpenedAsync();
        using var other = await OpenedAsync();
        await store.CreateAsync(Fresh);
        (await other.RequestAsync(Fresh, "b")).ShouldBeNull();
        var held = (await store.TakeAsync(Fresh, "a")).ShouldNotBeNull();

        // Asking disturbs neither renewing nor the counter.
        var seen = await SoleAsync(other);
        held = (await store.RenewAsync(held)).ShouldNotBeNull();
        (await other.RequestAsync(seen, "b")).ShouldNotBeNull().RequestedBy.ShouldBe("b");
        held = (await store.RenewAsync(held)).ShouldNotBeNull();
        held.RequestedBy.ShouldBe("b");
        held.Counter.ShouldBe(3);

        var handed = (await store.ReleaseAsync(held, held.RequestedBy)).ShouldNotBeNull();
        handed.ShouldBeLike(held with { Owner = "b", Counter = 4, OwnerSwitchesSinceCheckpoint = 1, RequestedBy = null });
        (await other.RequestAsync(seen, "c")).ShouldBeNull();
        (await store.RenewAsync(held)).ShouldBeNull();
        var released = (await other.ReleaseAsync((await other.RenewAsync(handed)).ShouldNotBeNull())).ShouldNotBeNull();
        released.ShouldBeLike(handed with { Owner = null, Counter = 6 });
        (await store.TakeAsync(released, "a")).ShouldNotBeNull().OwnerSwitchesSinceCheckpoint.ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_who_take_a_lease_at_once_one_has_it()
    {
        using var store = await OpenedAsync();
        await store.CreateAsync(Fresh);
        var workers = Enumerable.Range(0, 6).Select(n => (Store: Open(), Name: $"worker-{n}")).ToList();
        for (var round = 0; round < 5; round++)
        {
            var seen = await SoleAsync(store);
            var taken = await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.Store.TakeAsync(seen, worker.Name))));
            var winner = taken.Single(lease => lease is not null)!;
            (await SoleAsync(store)).ShouldBeLike(winner);
        }
        foreach (var worker in workers)
            worker.Store.Dispose();
    }

    [Fact]
    public async Task Changes_of_different_leases_at_once_all_last()
    {
        const int count = 4;
        var stores = Enumerable.Range(0, count).Select(_ => Open()).ToList();
        await Task.WhenAll(stores.Select((store, n) => Task.Run(async () =>
        {
            await store.InitializeAsync();
            var lease = new Lease { ShardId = $"shardId-{n:D12}" };
            (await store.CreateAsync(lease)).ShouldBeTrue();
            lease = (await store.TakeAsync(lease, $"worker-{n}")).ShouldNotBeNull();
            for (var i = 0; i < 5; i++)
                lease = (await store.CheckpointAsync(lease, new LeaseCheckpoint($"{i + 1}"))).ShouldNotBeNull();
        })));

        var leases = await stores[0].ListAsync();
        leases.Select(lease => (lease.ShardId, lease.Owner, lease.Counter, lease.Checkpoint.SequenceNumber)).Order()
            .ShouldBe(Enumerable.Range(0, count).Select(n => ($"shardId-{n:D12}", (string?)$"worker-{n}", 6L, "5")));
        foreach (var store in stores)
            store.Dispose();
    }

    [Fact]
    public async Task A_deleted_lease_is_gone_and_can_be_created_anew()
    {
        using var store = await OpenedAsync();
        using var other = await OpenedAsync();
        await store.CreateAsync(Fresh);
        await SoleAsync(other);
        (await store.DeleteAsync(Fresh with { Counter = 5 })).ShouldBeFalse();
        (await store.DeleteAsync(Fresh)).ShouldBeTrue();
        (await store.DeleteAsync(Fresh)).ShouldBeFalse();
        (await other.ListAsync()).ShouldBeEmpty();
        (await other.TakeAsync(Fresh, "b")).ShouldBeNull();
        (await other.CreateAsync(Fresh)).ShouldBeTrue();
        (await SoleAsync(store)).ShouldBeLike(Fresh);
    }

    private protected async Task<ILeaseStore> OpenedAsync()
    {
        var store = Open();
        await store.InitializeAsync();
        return store;
    }

    private protected static async Task<Lease> SoleAsync(ILeaseStore store) => (await store.ListAsync()).ShouldHaveSingleItem();
}
