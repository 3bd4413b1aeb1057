using CsCheck;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Tests;

public class ExactlyOnceTests
{
    /// <summary>Where the server dies.</summary>
    private enum Death
    {
        WhileBuffering,
        BetweenIntentAndPut,
        BetweenPutAndAdvance,
        InTheMiddleOfARetry,
    }

    [Fact]
    public async Task A_put_that_failed_is_repeated_under_the_same_name()
    {
        await using var rig = await DeliveryRig.StartAsync();
        rig.Shelf.BeforePut = (put, _) => put <= 3 ? throw new IOException("The disk is full.") : Task.CompletedTask;
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0));
        await rig.PutAsync("fire", "a\n", "b\n");
        await Poll.UntilAsync(() => stream.Progress!.LastError == "The disk is full.");
        await rig.PutAsync("fire", "c\n");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 3);
        rig.Shelf.Lines().ShouldBe(["a", "b", "c"]);
        stream.Progress!.LastError.ShouldBeNull();
        stream.Progress.DeliveredObjects.ShouldBe(rig.Shelf.Keys.Count);
    }

    [Fact]
    public async Task A_put_that_succeeded_but_seemed_to_fail_is_not_delivered_twice()
    {
        await using var rig = await DeliveryRig.StartAsync();
        rig.Shelf.AfterPut = (put, _) => put == 1 ? throw new IOException("The answer was lost.") : Task.CompletedTask;
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0));
        await rig.PutAsync("fire", "a\n");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        await rig.PutAsync("fire", "b\n");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 2);
        rig.Shelf.Lines().ShouldBe(["a", "b"]);
        rig.Shelf.Keys.Count.ShouldBe(2);
    }

    [Fact]
    public async Task While_an_object_is_being_put_the_next_ones_are_gathered_up_to_a_bound()
    {
        const int inFlight = 1, waiting = 4;
        await using var rig = await DeliveryRig.StartAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Shelf.BeforePut = (put, cancellation) => put == 1 ? release.Task.WaitAsync(cancellation) : Task.CompletedTask;
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(megabytes: 1, seconds: 1));
        var records = Enumerable.Range(0, 10 * 8).Select(i => Line(i, (1024 * 128) - 7)).ToArray();
        foreach (var some in records.Chunk(8))
            await rig.PutAsync("fire", [.. some.Select(line => line + "\n")]);
        await Poll.UntilAsync(() => stream.Progress!.BufferedBytes == (inFlight + waiting) * 1024 * 1024);
        rig.Shelf.Puts.ShouldBe(1);
        release.SetResult();
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == records.Length);
        stream.Progress!.BufferedBytes.ShouldBe(0);
        rig.Shelf.Lines().ShouldBe(records);
        rig.Shelf.Keys.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Totals_survive_a_restart()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0));
        await rig.PutAsync("fire", "a\n");
        await Poll.UntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        await rig.RestartAsync();
        var progress = rig.Delivery.Get(DeliveryRig.Scope, "fire").Progress!;
        progress.DeliveredObjects.ShouldBe(1);
        progress.DeliveredBytes.ShouldBe(2);
    }

    [Fact]
    public Task DirectPut_delivers_every_record_once_wherever_the_server_dies() => DieAndReopenAsync(kinesis: false, DeliveryRig.To(seconds: 1), Line);

    [Fact]
    public Task A_data_stream_is_delivered_once_wherever_the_server_dies() => DieAndReopenAsync(kinesis: true, DeliveryRig.To(seconds: 1), Line);

    [Fact]
    public Task Partitions_of_direct_puts_get_every_record_once_wherever_the_server_dies() => DieAndReopenAsync(kinesis: false, DeliveryRig.Partitioned(), KeyedLine);

    [Fact]
    public Task Processed_records_and_their_backup_hold_every_record_once_wherever_the_server_dies() =>
        DieAndReopenAsync(kinesis: true, DeliveryRig.To(seconds: 1) with { BacksUp = true, Backup = DeliveryRig.To(seconds: 1) with { Prefix = "backup/" } }, Line, copies: 2);

    [Fact]
    public Task Partitions_of_a_data_stream_get_every_record_once_wherever_the_server_dies() => DieAndReopenAsync(kinesis: true, DeliveryRig.Partitioned(), KeyedLine);

    private static string Line(int i, int width) => $"{i:D6}{new string('.', width)}";

    private static string KeyedLine(int i, int width) => $$"""{"n":"{{i:D6}}","key":"k{{i % 7}}","pad":"{{new string('.', width)}}"}""";

    private static Task DieAndReopenAsync(bool kinesis, S3Destination destination, Func<int, int, string> line, int copies = 1) =>
        Gen.Select(Gen.Enum<Death>(), Gen.Int[1, 40], Gen.Int[0, 60_000]).Array[1, 6].SampleAsync(
            async steps =>
            {
                await using var rig = await DeliveryRig.StartAsync();
                var data = kinesis ? await rig.CreateDataStreamAsync("source", 3) : null;
                await rig.CreateAsync(destination: destination, kinesis: kinesis ? "source" : null);
                var put = new List<string>();
                foreach (var (death, count, width) in steps)
                {
                    var reached = ArmDeath(rig.Shelf, death);
                    var lines = Enumerable.Range(put.Count, count).Select(i => line(i, width)).ToArray();
                    put.AddRange(lines);
                    if (data is null)
                        await rig.PutAsync("fire", [.. lines.Select(line => line + "\n")]);
                    else
                        await DeliveryRig.PutDataAsync(data, lines);
                    await rig.RunUntilAsync(() => reached.Task.IsCompleted || (death == Death.WhileBuffering && Buffered(rig) > 0));
                    rig.Shelf.BeforePut = rig.Shelf.AfterPut = (_, _) => Task.CompletedTask;
                    await rig.RestartAsync();
                    data = kinesis ? rig.Streams.Get(DeliveryRig.Scope, "source") : null;
                }
                await rig.RunUntilAsync(() => rig.Delivery.Get(DeliveryRig.Scope, "fire").Progress!.DeliveredRecords >= put.Count * copies);
                rig.Shelf.Lines().ShouldBe(put.SelectMany(line => Enumerable.Repeat(line, copies)));
                if (destination.IsPartitioned)
                    put.GroupBy(KeyOf).ShouldAllBe(group => rig.Shelf.LinesUnder($"lake/data/{group.Key}/").Order(StringComparer.Ordinal).SequenceEqual(group));
            },
            iter: destination.IsPartitioned || copies > 1 ? 10 : 25,
            threads: 1);

    private static string KeyOf(string line) => line.Split('"')[7];

    private static long Buffered(DeliveryRig rig)
    {
        var progress = rig.Delivery.Get(DeliveryRig.Scope, "fire").Progress!;
        return progress.BufferedRecords + progress.DeliveredRecords;
    }

    /// <summary>From here on puts hang at a point, until the server is stopped there.</summary>
    private static TaskCompletionSource ArmDeath(BucketShelf shelf, Death death)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = shelf.Puts + 1;
        Task Hang(CancellationToken cancellation)
        {
            reached.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancellation);
        }
        shelf.BeforePut = (put, cancellation) => death switch
        {
            Death.BetweenIntentAndPut => Hang(cancellation),
            Death.InTheMiddleOfARetry when put == first => throw new IOException("Not now."),
            Death.InTheMiddleOfARetry => Hang(cancellation),
            _ => Task.CompletedTask,
        };
        shelf.AfterPut = (_, cancellation) => death == Death.BetweenPutAndAdvance ? Hang(cancellation) : Task.CompletedTask;
        return reached;
    }
}
