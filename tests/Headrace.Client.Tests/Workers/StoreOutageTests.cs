namespace Headrace.Client.Tests.Workers;

public sealed class StoreOutageTests
{
    [Fact]
    public async Task A_store_that_comes_back_in_time_is_waited_for()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 2);
        var leases = new FailingLeases(ground.Leases());
        await using var worker = ground.Run("a", leases: leases, processorOf: _ => new CheckpointingProcessor("a", ground.Log));
        await TestWait.UntilAsync(() => ground.Log.HeldBy("a").Count == 2);
        leases.IsAway = true;
        await ground.PutAsync(40);
        await TestWait.UntilAsync(() => leases.Failures > 10);
        leases.IsAway = false;
        await ground.AllIsHandledOnceAsync();
        ground.Log.NoShardWasHeldByTwo();
        ground.Log.Entries().ShouldNotContain(entry => entry.What == "lost");
    }

    [Fact]
    public async Task A_lease_that_runs_out_meanwhile_is_lost_whether_anybody_took_it_or_not()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 1);
        var leases = new FailingLeases(ground.Leases());
        await using var worker = ground.Run("a", WorkerGround.Patient with { FailoverTime = TimeSpan.FromSeconds(1) }, leases);
        await TestWait.UntilAsync(() => ground.Log.HeldBy("a").Count == 1);
        leases.IsAway = true;
        await TestWait.UntilAsync(() => ground.Log.Entries()[^1].What == "lost");
        leases.IsAway = false;
        await ground.PutAsync(10);
        await TestWait.UntilAsync(() => ground.Log.Numbers().Distinct().Count() == 10);
    }

    private sealed class CheckpointingProcessor(string worker, WorkerLogbook log) : LoggingProcessor(worker, log)
    {
        public override async ValueTask ProcessRecordsAsync(IReadOnlyList<ConsumedRecord> records, ShardCheckpointer checkpointer, CancellationToken cancellationToken)
        {
            await checkpointer.CheckpointAsync(records[^1], cancellationToken);
            await base.ProcessRecordsAsync(records, checkpointer, cancellationToken);
        }
    }
}
