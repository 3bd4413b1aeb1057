using System.Globalization;
using System.Text;

namespace Headrace.Client.Tests.Workers;

/// <summary>Loops that come and go in order, while records are put and shards change hands.</summary>
public sealed class ComingAndGoingTests
{
    [Fact]
    public async Task Loops_that_end_in_order_leave_nothing_to_be_handled_twice()
    {
        var turns = int.Parse(Environment.GetEnvironmentVariable("HEADRACE_GROUP_TURNS") ?? "6", CultureInfo.InvariantCulture);
        await using var ground = await WorkerGround.StartAsync(shards: 6);
        using var done = new CancellationTokenSource();
        var putting = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await ground.PutAsync(40);
                await Task.Delay(TimeSpan.FromMilliseconds(5));
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(async () =>
        {
            for (var turn = 0; turn < turns; turn++)
                await TakePartAsync(ground, $"{i}-{turn}", atLeast: Random.Shared.Next(1, 400));
        })));
        await done.CancelAsync();
        await putting;

        using var stop = new CancellationTokenSource();
        var last = Task.Run(() => TakePartAsync(ground, "last", stop.Token));
        try
        {
            await ground.AllIsHandledOnceAsync();
        }
        finally
        {
            await stop.CancelAsync();
            await last;
        }
    }

    private static async Task TakePartAsync(WorkerGround ground, string id, int atLeast)
    {
        using var stop = new CancellationTokenSource();
        var mine = Task.Run(() => TakePartAsync(ground, id, stop.Token));
        await TestWait.UntilAsync(() => mine.IsCompleted || ground.Log.Entries().Count(entry => entry.Worker == id) >= atLeast);
        await stop.CancelAsync();
        await mine;
    }

    private static async Task TakePartAsync(WorkerGround ground, string id, CancellationToken stop)
    {
        using var leases = ground.Leases();
        var consumer = new GroupConsumer(ground.Client, WorkerGround.Stream, leases, WorkerGround.Patient with { WorkerId = id }) { CheckpointInterval = TimeSpan.FromMilliseconds(100) };
        try
        {
            await foreach (var record in consumer.ReadAsync(stop))
                ground.Log.Add(id, record.ShardId, Encoding.UTF8.GetString(record.Data.Span));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Its turn is over.
        }
    }
}
