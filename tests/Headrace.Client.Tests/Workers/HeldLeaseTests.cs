using CsCheck;

namespace Headrace.Client.Tests.Workers;

/// <summary>A lease whose changes were cut off, or their answers lost: what the store made of them all the same must not count as another worker's.</summary>
public sealed class HeldLeaseTests
{
    [Fact]
    public async Task A_checkpoint_behind_a_renewal_whose_answer_was_lost_is_set()
    {
        using var store = new ForgetfulLeases();
        var held = await store.TakeAsync();
        store.LosesAnswers(new LeaseStoreException("no answer"));
        await Should.ThrowAsync<LeaseStoreException>(() => held.RenewAsync(CancellationToken.None));
        await held.CheckpointAsync(At(7), childShardIds: null, CancellationToken.None);
        (await store.OnlyAsync()).ShouldBeEquivalentTo(held.Current);
        held.Current.Checkpoint.ShouldBe(At(7));
        held.IsHeld.ShouldBeTrue();
    }

    [Fact]
    public async Task A_further_checkpoint_behind_one_that_was_cut_off_is_set()
    {
        using var store = new ForgetfulLeases();
        var held = await store.TakeAsync();
        store.LosesAnswers(new OperationCanceledException());
        await Should.ThrowAsync<OperationCanceledException>(() => held.CheckpointAsync(At(7), childShardIds: null, CancellationToken.None));
        await held.CheckpointAsync(At(9), childShardIds: null, CancellationToken.None);
        (await store.OnlyAsync()).Checkpoint.ShouldBe(At(9));
        await held.ReleaseAsync(CancellationToken.None);
        (await store.OnlyAsync()).Owner.ShouldBeNull();
    }

    [Fact]
    public async Task A_lease_that_another_worker_took_is_lost_however_unsure_the_last_change_was()
    {
        using var store = new ForgetfulLeases();
        var held = await store.TakeAsync();
        store.LosesAnswers(new LeaseStoreException("no answer"));
        await Should.ThrowAsync<LeaseStoreException>(() => held.RenewAsync(CancellationToken.None));
        (await store.Inner.TakeAsync(await store.OnlyAsync(), "other")).ShouldNotBeNull();
        await Should.ThrowAsync<LeaseLostException>(() => held.CheckpointAsync(At(7), childShardIds: null, CancellationToken.None));
        held.IsHeld.ShouldBeFalse();
        (await store.OnlyAsync()).ShouldSatisfyAllConditions(lease => lease.Owner.ShouldBe("other"), lease => lease.Checkpoint.ShouldBe(LeaseCheckpoint.TrimHorizon));
    }

    /// <summary>Whatever was lost on the way, what the worker says last is what the store keeps.</summary>
    [Fact]
    public async Task Any_sequence_of_lost_answers_leaves_the_lease_held_and_its_last_checkpoint_in_the_store() =>
        await Gen.Select(Gen.Bool, Gen.Bool).Array[1, 12].SampleAsync(async steps =>
        {
            using var store = new ForgetfulLeases();
            var held = await store.TakeAsync();
            var handled = 1;
            foreach (var (isRenewal, isLost) in steps)
            {
                if (isLost)
                    store.LosesAnswers(isRenewal ? new LeaseStoreException("no answer") : new OperationCanceledException());
                try
                {
                    await (isRenewal ? held.RenewAsync(CancellationToken.None) : held.CheckpointAsync(At(++handled), childShardIds: null, CancellationToken.None));
                }
                catch (Exception e) when (e is LeaseStoreException or OperationCanceledException)
                {
                    isLost.ShouldBeTrue();
                }
            }
            await held.CheckpointAsync(At(++handled), childShardIds: null, CancellationToken.None);
            held.IsHeld.ShouldBeTrue();
            (await store.OnlyAsync()).ShouldBeEquivalentTo(held.Current);
            held.Current.Checkpoint.ShouldBe(At(handled));
        }, iter: 100);

    private static LeaseCheckpoint At(int number) => new($"{number}", 0);
}
