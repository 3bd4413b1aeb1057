using System.Text;
using Headrace.ShardLog.Tests.Disks;

namespace Headrace.ShardLog.Tests;

public sealed class AppendTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ManyAppendersShareFramesAndEveryRecordHasAPlaceOfItsOwn()
    {
        const int appenders = 16, appends = 50;
        var disk = new SimulatedDisk();
        await using var rig = LogRig.Open(disk, segmentBytes: 20_000, tailBytes: 5_000);
        await Task.WhenAll(Enumerable.Range(0, appenders).Select(appender => Task.Run(async () =>
        {
            using var batch = new RecordBatch();
            long last = -1;
            for (var number = 0; number < appends; number++)
            {
                batch.Clear();
                batch.Add(0, "k"u8, Encoding.UTF8.GetBytes($"{appender}:{number}"));
                batch.Add(1, "k"u8, "other"u8);
                await rig.Log.AppendAsync(batch, Cancelled);
                batch.PositionOf(0).ShouldBeGreaterThan(last);
                last = batch.PositionOf(0);
            }
        }, Cancelled)));
        var records = await rig.ReadAsync(0);
        records.Count.ShouldBe(appenders * appends);
        for (var appender = 0; appender < appenders; appender++)
        {
            records.Where(record => record.StartsWith($"{appender}:", StringComparison.Ordinal))
                .ShouldBe(Enumerable.Range(0, appends).Select(number => $"{appender}:{number}"));
        }
        rig.Log.GetExtent(1).End.ShouldBe(appenders * appends);
    }

    [Fact]
    public async Task NothingIsReadableBeforeItIsFlushed()
    {
        var disk = new SimulatedDisk();
        await using var rig = LogRig.Open(disk);
        await rig.AppendAsync(0, "first");
        using var flushing = new ManualResetEventSlim();
        using var mayFlush = new ManualResetEventSlim();
        disk.Refuse = (operation, _) =>
        {
            if (operation == DiskOperation.Flush)
            {
                flushing.Set();
                mayFlush.Wait(TimeSpan.FromSeconds(20));
            }
            return null;
        };
        var append = Task.Run(() => rig.AppendAsync(0, "second"), Cancelled);
        flushing.Wait(TimeSpan.FromSeconds(20), Cancelled).ShouldBeTrue();
        rig.Log.GetExtent(0).End.ShouldBe(1);
        append.IsCompleted.ShouldBeFalse();
        mayFlush.Set();
        await append;
        (await rig.ReadAsync(0)).ShouldBe(["first", "second"]);
    }

    [Theory]
    [InlineData(DiskOperation.Create)]
    [InlineData(DiskOperation.Write)]
    [InlineData(DiskOperation.Flush)]
    [InlineData(DiskOperation.SyncDirectory)]
    public async Task ARefusalFailsThePutAndTheNextOneWorks(DiskOperation refused)
    {
        var disk = new SimulatedDisk();
        await using var rig = LogRig.Open(disk, segmentBytes: 10);
        await rig.AppendAsync(0, "kept");
        disk.Refuse = (operation, _) => operation == refused ? new IOException("No.") : null;
        (await Should.ThrowAsync<LogUnavailableException>(() => rig.AppendAsync(0, "lost"))).DiskFull.ShouldBeFalse();
        disk.Refuse = null;
        await rig.AppendAsync(0, "next");
        (await rig.ReadAsync(0)).ShouldBe(["kept", "next"]);
        await using var reopened = LogRig.Open(disk.AfterKill());
        (await reopened.ReadAsync(0)).ShouldBe(["kept", "next"]);
    }

    [Fact]
    public async Task AFullDiskIsToldApart()
    {
        var disk = new SimulatedDisk();
        await using var rig = LogRig.Open(disk);
        disk.Refuse = (operation, _) => operation == DiskOperation.Write ? new Files.DiskException("No space left on device", 28) : null;
        (await Should.ThrowAsync<LogUnavailableException>(() => rig.AppendAsync(0, "lost"))).DiskFull.ShouldBeTrue();
    }

    [Fact]
    public async Task AFaultOfTheProgramEndsWritingAndLeavesNobodyWaiting()
    {
        var disk = new SimulatedDisk();
        await using var rig = LogRig.Open(disk);
        await rig.AppendAsync(0, "kept");
        disk.Refuse = (operation, _) => operation == DiskOperation.Write ? new InvalidOperationException("A bug.") : null;
        await Should.ThrowAsync<LogUnavailableException>(() => rig.AppendAsync(0, "lost"));
        disk.Refuse = null;
        await Should.ThrowAsync<LogUnavailableException>(() => rig.AppendAsync(0, "lost too"));
        (await rig.ReadAsync(0)).ShouldBe(["kept"]);
        await using var reopened = LogRig.Open(disk.AfterKill());
        await reopened.AppendAsync(0, "next");
        (await reopened.ReadAsync(0)).ShouldBe(["kept", "next"]);
    }

    [Fact]
    public async Task ABatchThatNoFrameCanHoldIsRefused()
    {
        await using var rig = LogRig.Open(new SimulatedDisk());
        using var batch = new RecordBatch();
        var data = new byte[1 << 20];
        for (var i = 0; i < 64; i++)
            batch.Add(0, "k"u8, data);
        await Should.ThrowAsync<ArgumentException>(async () => await rig.Log.AppendAsync(batch, Cancelled));
        rig.Log.GetExtent(0).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task OsDurabilityFlushesOnlyWhatIsClosed()
    {
        var flushes = 0;
        var disk = new SimulatedDisk { Refuse = null };
        await using var rig = LogRig.Open(disk, segmentBytes: 100_000, durability: Durability.Os);
        await rig.AppendAsync(0, "first");
        disk.Refuse = (operation, _) =>
        {
            flushes += operation == DiskOperation.Flush ? 1 : 0;
            return null;
        };
        await rig.AppendAsync(0, "second");
        flushes.ShouldBe(0);
        await using var reopened = LogRig.Open(disk.AfterKill());
        (await reopened.ReadAsync(0)).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task AClosedLogTakesNothing()
    {
        var rig = LogRig.Open(new SimulatedDisk());
        await rig.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(() => rig.AppendAsync(0, "late"));
    }
}
