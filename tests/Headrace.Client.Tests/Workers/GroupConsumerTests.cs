using System.Globalization;

namespace Headrace.Client.Tests.Workers;

public sealed class GroupConsumerTests
{
    private static readonly WorkerOptions ToTip = WorkerGround.Patient with { Follow = false };

    [Fact]
    public async Task All_that_is_there_is_read_once_over_several_loops()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 3);
        await ground.PutAsync(300);
        // Split meanwhile, so that the end is only reached through the children.
        await ground.Client.UpdateShardCountAsync(WorkerGround.Stream, 6);
        await ground.Client.WaitUntilActiveAsync(WorkerGround.Stream);
        await ground.PutAsync(100);

        (await ReadAsync(ground, ToTip)).Order().ShouldBe(Enumerable.Range(0, 400));
        (await ReadAsync(ground, ToTip)).ShouldBeEmpty();
        await ground.PutAsync(50);
        (await ReadAsync(ground, ToTip)).Order().ShouldBe(Enumerable.Range(400, 50));
    }

    [Fact]
    public async Task The_record_that_a_loop_is_left_at_comes_again_unless_it_is_told_handled()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 1);
        await ground.PutAsync(100);
        (await ReadAsync(ground, WorkerGround.Patient, limit: 10)).ShouldBe(Enumerable.Range(0, 10));
        (await ReadAsync(ground, WorkerGround.Patient, limit: 10, tellHandled: true)).ShouldBe(Enumerable.Range(9, 10));
        (await ReadAsync(ground, ToTip)).ShouldBe(Enumerable.Range(19, 81));
    }

    [Fact]
    public async Task It_is_flushed_before_it_is_saved_and_saved_while_the_loop_waits()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 1);
        await ground.PutAsync(10);
        var (read, flushed) = (0, 0);
        using var leases = ground.Leases();
        using var stop = new CancellationTokenSource();
        var consumer = new GroupConsumer(ground.Client, WorkerGround.Stream, leases, WorkerGround.Patient)
        {
            CheckpointInterval = TimeSpan.FromMilliseconds(20),
            BeforeCheckpoint = () =>
            {
                flushed = read;
                return ValueTask.CompletedTask;
            },
        };
        var reading = Task.Run(async () =>
        {
            await foreach (var record in consumer.ReadAsync(stop.Token))
                read++;
        });
        using var other = ground.Leases();
        await TestWait.UntilAsync(async () => (await other.ListAsync()) is [{ Checkpoint.IsRecord: true }] && flushed == 10);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        (await ReadAsync(ground, ToTip)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_flush_that_fails_ends_the_loop_and_saves_nothing()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 1);
        await ground.PutAsync(10);
        using var leases = ground.Leases();
        var consumer = new GroupConsumer(ground.Client, WorkerGround.Stream, leases, WorkerGround.Patient)
        {
            CheckpointInterval = TimeSpan.FromMilliseconds(20),
            BeforeCheckpoint = () => throw new IOException("full"),
        };
        (await Should.ThrowAsync<IOException>(async () =>
        {
            await foreach (var _ in consumer.ReadAsync())
            {
                // Nothing to do with it.
            }
        })).Message.ShouldBe("full");
        (await ReadAsync(ground, ToTip)).ShouldBe(Enumerable.Range(0, 10));
    }

    [Fact]
    public async Task A_stream_that_is_not_there_is_told()
    {
        await using var ground = await WorkerGround.StartAsync(shards: 1);
        using var leases = ground.Leases();
        (await Should.ThrowAsync<KinesisException>(async () =>
        {
            await foreach (var _ in new GroupConsumer(ground.Client, "nowhere", leases).ReadAsync())
            {
                // There is none.
            }
        })).ErrorType.ShouldBe("ResourceNotFoundException");
    }

    private static async Task<List<int>> ReadAsync(WorkerGround ground, WorkerOptions options, int? limit = null, bool tellHandled = false)
    {
        using var leases = ground.Leases();
        var consumer = new GroupConsumer(ground.Client, WorkerGround.Stream, leases, options);
        var read = new List<int>();
        await foreach (var record in consumer.ReadAsync())
        {
            read.Add(int.Parse(record.Data.Span, CultureInfo.InvariantCulture));
            if (read.Count < limit || limit is null)
                continue;
            if (tellHandled)
                consumer.Handled(record);
            break;
        }
        return read;
    }
}
