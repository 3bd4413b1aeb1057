using Headrace.ShardLog.Tests.Disks;

namespace Headrace.ShardLog.Tests;

public sealed class RetentionTests
{
    [Fact]
    public async Task WholeSegmentsGoAndPositionsStay()
    {
        var disk = new SimulatedDisk();
        await using var rig = LogRig.Open(disk, segmentBytes: 300);
        for (var i = 0; i < 20; i++)
        {
            await rig.AppendAsync(2, $"record {i} {new string('.', 100)}");
            rig.Time.Advance(TimeSpan.FromMinutes(1));
        }
        var cutoff = rig.Time.GetUtcNow().AddMinutes(-10).ToUnixTimeMilliseconds();
        (await rig.Log.TrimAsync(cutoff, TestContext.Current.CancellationToken)).ShouldBePositive();
        var extent = rig.Log.GetExtent(2);
        extent.First.ShouldBeInRange(5, 10);
        extent.End.ShouldBe(20);
        (await rig.ReadAsync(2))[0].ShouldStartWith($"record {extent.First} ");
        disk.Paths.Count(path => path.EndsWith(".idx", StringComparison.Ordinal)).ShouldBe(disk.Paths.Count(path => path.EndsWith(".seg", StringComparison.Ordinal)) - 1);
    }

    [Fact]
    public async Task AQuietLogIsGivenBackWholeAndGoesOnCounting()
    {
        var disk = new SimulatedDisk();
        await using (var rig = LogRig.Open(disk))
        {
            await rig.AppendAsync(7, "old", "older");
            rig.Time.Advance(TimeSpan.FromDays(2));
            await rig.Log.TrimAsync(rig.Time.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds(), TestContext.Current.CancellationToken);
            rig.Log.GetExtent(7).ShouldBe(new ShardExtent(2, 2));
        }
        await using var reopened = LogRig.Open(disk);
        reopened.Log.GetExtent(7).ShouldBe(new ShardExtent(2, 2));
        await reopened.AppendAsync(7, "new");
        (await reopened.ReadAsync(7)).ShouldBe(["new"]);
        reopened.Log.GetExtent(7).ShouldBe(new ShardExtent(2, 3));
    }

    [Fact]
    public async Task ARollThatFailsHalfWayLosesNothingThatComesAfter()
    {
        var disk = new SimulatedDisk();
        var rig = LogRig.Open(disk);
        await rig.AppendAsync(1, "before");
        rig.Time.Advance(TimeSpan.FromHours(1));
        disk.Refuse = (operation, _) => operation == DiskOperation.SyncDirectory ? new IOException("No.") : null;
        await Should.ThrowAsync<IOException>(async () => await rig.Log.TrimAsync(rig.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        disk.Refuse = null;
        await rig.AppendAsync(1, "after");
        await using var reopened = LogRig.Open(disk.AfterKill());
        (await reopened.ReadAsync(1)).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task AReaderWhoComesLateGetsTheOldestThatIsLeft()
    {
        await using var rig = LogRig.Open(new SimulatedDisk(), segmentBytes: 200);
        for (var i = 0; i < 6; i++)
        {
            await rig.AppendAsync(1, $"{i}{new string('.', 150)}");
            rig.Time.Advance(TimeSpan.FromMinutes(1));
        }
        await rig.Log.TrimAsync(rig.Time.GetUtcNow().AddMinutes(-2).ToUnixTimeMilliseconds(), TestContext.Current.CancellationToken);
        using var page = new RecordPage();
        await rig.Log.ReadAsync(1, 0, new ReadLimits(1, 1), page, TestContext.Current.CancellationToken);
        page[0].Position.ShouldBe(rig.Log.GetExtent(1).First);
        page[0].Position.ShouldBePositive();
    }
}
