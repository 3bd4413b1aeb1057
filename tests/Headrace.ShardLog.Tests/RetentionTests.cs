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
    public async Task SpaceIsGivenBackWhilePutsAndReadsGoOn()
    {
        const int records = 2000;
        var disk = new SimulatedDisk();
        await using var rig = LogRig.Open(disk, segmentBytes: 5000);
        var ended = false;
        var reading = Task.Run(async () =>
        {
            using var page = new RecordPage();
            for (long next = 0; !Volatile.Read(ref ended) || next < rig.Log.GetExtent(1).End; next = page.NextPosition)
            {
                await rig.Log.ReadAsync(1, next, new ReadLimits(50, 10_000), page);
                // Retention may skip what has gone, but nothing comes twice or with a gap inside.
                if (page.Count > 0)
                    page[0].Position.ShouldBeGreaterThanOrEqualTo(next);
                for (var i = 1; i < page.Count; i++)
                    page[i].Position.ShouldBe(page[i - 1].Position + 1);
            }
        });
        long given = 0, most = 0;
        for (var i = 0; i < records; i++)
        {
            await rig.AppendAsync(1, $"record {i} {new string('.', 100)}");
            rig.Time.Advance(TimeSpan.FromSeconds(10));
            if (i % 20 == 0)
                given += await rig.Log.TrimAsync(rig.Time.GetUtcNow().AddMinutes(-20).ToUnixTimeMilliseconds(), TestContext.Current.CancellationToken);
            most = Math.Max(most, disk.Paths.Sum(path => (long)disk[path].Length));
        }
        Volatile.Write(ref ended, true);
        await reading;
        given.ShouldBeGreaterThan(records * 100L);
        // Twenty minutes are 120 records: four segments, and as much again for the one being filled and what waits for its end.
        most.ShouldBeLessThan(50_000);
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
