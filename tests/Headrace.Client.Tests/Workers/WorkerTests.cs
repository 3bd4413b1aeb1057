using System.Globalization;
using System.Text;

namespace Headrace.Client.Tests.Workers;

/// <summary>Workers against a server, all in this process; killed processes are the end-to-end tests' matter.</summary>
public sealed class WorkerTests
{
    [Theory]
    [InlineData(RetrievalMode.Polling)]
    [InlineData(RetrievalMode.FanOut)]
    public async Task Workers_that_come_and_go_share_the_shards_and_repeat_nothing(RetrievalMode mode)
    {
        await using var ground = await WorkerGround.StartAsync(shards: 4);
        var options = WorkerGround.Patient with { ConsumerName = "group", Retrieval = mode };
        await ground.PutAsync(200);
        await using var first = ground.Run("a", options);
        await TestWait.UntilAsync(() => ground.Log.HeldBy("a").Count == 4);
        await using (var second = ground.Run("b", options))
        {
            var putting = Task.Run(async () =>
            {
                for (var i = 0; i < 40; i++)
                    await ground.PutAsync(20);
            });
            await TestWait.UntilAsync(() => ground.Log.HeldBy("a").Count == 2 && ground.Log.HeldBy("b").Count == 2);
            await putting;
            await ground.AllIsHandledOnceAsync();
            await first.StopAsync();
            ground.Log.HeldBy("a").ShouldBeEmpty();
            await ground.PutAsync(100);
            await TestWait.UntilAsync(() => ground.Log.HeldBy("b").Count == 4);
            await ground.AllIsHandledOnceAsync();
            await second.StopAsync();
        }
        ground.Log.NoShardWasHeldByTwo();
        using var leases = ground.Leases();
        (await leases.ListAsync()).ShouldAllBe(lease => lease.Owner == null && lease.Checkpoint.IsRecord);
    }

    [Theory]
    [InlineData(RetrievalMode.Polling)]
    [InlineData(RetrievalMode.FanOut)]
    public async Task Children_are_read_after_their_parents_while_the_stream_is_split_and_merged(RetrievalMode mode)
    {
        await using var ground = await WorkerGround.StartAsync(shards: 2);
        var options = WorkerGround.Patient with { ConsumerName = "group", Retrieval = mode, ShardSyncInterval = TimeSpan.FromSeconds(3) };
        await using var first = ground.Run("a", options);
        await using var second = ground.Run("b", options);
        foreach (var shards in (int[])[4, 2, 3, 2, 1, 2])
        {
            await ground.PutAsync(200);
            await ground.Client.UpdateShardCountAsync(WorkerGround.Stream, shards);
            await ground.PutAsync(200);
            await ground.Client.WaitUntilActiveAsync(WorkerGround.Stream);
        }
        await ground.PutAsync(200);
        await ground.AllIsHandledOnceAsync();
        await TestWait.UntilAsync(() => ground.Log.HeldBy("a").Count == 1 && ground.Log.HeldBy("b").Count == 1);
        ground.Log.NoShardWasHeldByTwo();
        // What ended long ago is forgotten.
        using var leases = ground.Leases();
        await ground.PutAsync(200);
        await first.StopAsync();
        await second.StopAsync();
        (await leases.ListAsync()).Count(lease => !lease.IsEnded).ShouldBe(2);
        await using var third = ground.Run("c", options);
        await TestWait.UntilAsync(async () => (await leases.ListAsync()).Count == 2);
        await ground.AllIsHandledOnceAsync();
    }

    [Fact]
    public async Task A_lease_that_another_takes_is_lost_at_once_and_can_not_be_checkpointed()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 1);
        var gate = new TaskCompletionSource();
        var refused = new TaskCompletionSource<Exception?>();
        await using var worker = ground.Run("a", processorOf: _ => new GatedProcessor(ground.Log, gate.Task, refused));
        await ground.PutAsync(10);
        await TestWait.UntilAsync(() => ground.Log.Numbers().Count == 10);
        using var leases = ground.Leases();
        await TestWait.UntilAsync(async () => await leases.TakeAsync((await leases.ListAsync()).Single(), "java") is not null);

        // Its call is cancelled; it ends only now, and is told no more records.
        gate.SetResult();
        (await refused.Task).ShouldBeOfType<LeaseLostException>().ShardId.ShouldBe("shardId-000000000000");
        await TestWait.UntilAsync(() => ground.Log.Entries()[^1].What == "lost");
        await ground.PutAsync(10);
        (await leases.ListAsync()).ShouldHaveSingleItem().Owner.ShouldBe("java");
        ground.Log.Numbers().Count.ShouldBe(10);
        worker.Running.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_dead_worker_had_is_taken_over_from_its_last_checkpoint()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 1);
        await ground.PutAsync(30);
        using var leases = ground.Leases();
        await using (var before = ground.Run("a"))
        {
            await ground.AllIsHandledOnceAsync();
            await before.StopAsync();
        }
        var (released, numbers) = ((await leases.ListAsync()).Single(), ground.Log.Numbers());
        // Somebody took it, and was never heard of again.
        (await leases.TakeAsync(released, "dead")).ShouldNotBeNull();
        await ground.PutAsync(10);
        await using var worker = ground.Run("b", WorkerGround.Patient with { FailoverTime = TimeSpan.FromSeconds(1) });
        await ground.AllIsHandledOnceAsync();
        numbers.Count.ShouldBe(30);
    }

    [Fact]
    public async Task A_processor_that_fails_ends_the_worker_which_gives_up_in_order()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 2);
        await using var worker = ground.Run("a", processorOf: shardId => shardId.EndsWith('0') ? new FailingProcessor(ground.Log) : new LoggingProcessor("a", ground.Log));
        await TestWait.UntilAsync(() => ground.Log.HeldBy("a").Count == 2);
        await ground.PutAsync(40);
        (await Should.ThrowAsync<InvalidOperationException>(() => worker.Running)).Message.ShouldBe("poison");
        using var leases = ground.Leases();
        (await leases.ListAsync()).ShouldAllBe(lease => lease.Owner == null);
        (await leases.ListAsync()).Single(lease => lease.ShardId.EndsWith('0')).Checkpoint.ShouldBe(LeaseCheckpoint.TrimHorizon);
    }

    [Fact]
    public async Task Another_worker_goes_on_inside_of_an_aggregate()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 1);
        await using (var producer = new Producer(ground.Client, WorkerGround.Stream, new ProducerOptions { Aggregate = true, Linger = TimeSpan.FromMilliseconds(200) }))
        {
            for (var n = 0; n < 30; n++)
                await producer.EnqueueAsync(Encoding.UTF8.GetBytes(n.ToString(CultureInfo.InvariantCulture)), "key");
        }
        foreach (var (worker, until) in new[] { ("a", 7), ("b", 8), ("c", 22), ("d", 29) })
        {
            await using var running = ground.Run(worker, processorOf: _ => new StoppingProcessor(worker, ground.Log, until), options: WorkerGround.Patient with { ShutdownTimeout = TimeSpan.Zero });
            await TestWait.UntilAsync(() => ground.Log.Numbers().Contains(until));
            await running.StopAsync();
        }
        ground.Log.Numbers().ShouldBe(Enumerable.Range(0, 30));
    }

    [Fact]
    public async Task A_group_can_begin_at_a_time_or_with_what_comes_now()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 2);
        await ground.PutAsync(20);
        await Task.Delay(20);
        var from = DateTimeOffset.UtcNow;
        await Task.Delay(20);
        await ground.Client.UpdateShardCountAsync(WorkerGround.Stream, 4);
        await ground.Client.WaitUntilActiveAsync(WorkerGround.Stream);
        await ground.PutAsync(20);
        await using var worker = ground.Run("a", WorkerGround.Patient with { From = StartingPosition.AtTimestamp(from) });
        await TestWait.UntilAsync(() => ground.Log.Numbers().Count == 20);
        ground.Log.Numbers().Order().ShouldBe(Enumerable.Range(20, 20));

        Should.Throw<ArgumentException>(() => new Worker(ground.Client, "s", ground.Leases(), _ => null!, new WorkerOptions { From = StartingPosition.AtSequenceNumber("1") }));
    }

    private sealed class GatedProcessor(WorkerLogbook log, Task gate, TaskCompletionSource<Exception?> refused) : LoggingProcessor("a", log)
    {
        public override async ValueTask ProcessRecordsAsync(IReadOnlyList<ConsumedRecord> records, ShardCheckpointer checkpointer, CancellationToken cancellationToken)
        {
            await base.ProcessRecordsAsync(records, checkpointer, cancellationToken);
            var cancelled = new TaskCompletionSource();
            await using var registration = cancellationToken.Register(cancelled.SetResult);
            await cancelled.Task;
            await gate;
            refused.SetResult(await Record.ExceptionAsync(() => checkpointer.CheckpointAsync(CancellationToken.None)));
        }
    }

    private sealed class FailingProcessor(WorkerLogbook log) : LoggingProcessor("a", log)
    {
        public override ValueTask ProcessRecordsAsync(IReadOnlyList<ConsumedRecord> records, ShardCheckpointer checkpointer, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("poison");
    }

    /// <summary>Handles up to a number and checkpoints there, however much it is given.</summary>
    private sealed class StoppingProcessor(string worker, WorkerLogbook log, int until) : LoggingProcessor(worker, log)
    {
        public override async ValueTask ProcessRecordsAsync(IReadOnlyList<ConsumedRecord> records, ShardCheckpointer checkpointer, CancellationToken cancellationToken)
        {
            var handled = records.TakeWhile(record => int.Parse(record.Data.Span, CultureInfo.InvariantCulture) <= until).ToList();
            if (handled.Count > 0)
                await checkpointer.CheckpointAsync(handled[^1], cancellationToken);
            await base.ProcessRecordsAsync(handled, checkpointer, cancellationToken);
            if (handled.Count < records.Count)
                await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
