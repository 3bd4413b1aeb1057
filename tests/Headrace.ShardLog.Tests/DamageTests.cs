using CsCheck;
using Headrace.ShardLog.Tests.Disks;

namespace Headrace.ShardLog.Tests;

/// <summary>Bytes that changed on the disk: nothing false is ever served.</summary>
public sealed class DamageTests
{
    private static readonly string[] Written = [.. Enumerable.Range(0, 40).Select(number => $"record {number} {new string('.', number * 5)}")];

    [Fact]
    public async Task ATailCutAnywhereLeavesTheWholeFramesBeforeTheCut()
    {
        var disk = new SimulatedDisk();
        var ends = new List<int>();
        string path;
        await using (var rig = LogRig.Open(disk, segmentBytes: 1_000_000))
        {
            for (var frame = 0; frame < 5; frame++)
            {
                await rig.AppendAsync(1, Written[frame * 2], Written[(frame * 2) + 1]);
                ends.Add(disk[disk.Paths.Single()].Length);
            }
            path = disk.Paths.Single();
        }
        var whole = disk[path];
        for (var length = ends[0]; length < whole.Length; length++)
        {
            var cut = disk.AfterKill();
            cut[path] = whole[..length];
            await using var rig = LogRig.Open(cut);
            var frames = ends.Count(end => end <= length);
            (await rig.ReadAsync(1)).ShouldBe(Written.Take(frames * 2));
            rig.Report.DroppedBytes.ShouldBe(length - ends[frames - 1]);
            (rig.Report.Reason is null).ShouldBe(rig.Report.DroppedBytes == 0);
            await rig.AppendAsync(1, "after");
            (await rig.ReadAsync(1, from: frames * 2)).ShouldBe(["after"]);
        }
    }

    [Fact]
    public async Task AFlippedBitIsFoundOut()
    {
        var disk = await SeveralSegmentsAsync();
        var files = disk.Paths;
        await Gen.Select(Gen.Int[0, files.Count - 1], Gen.Int[0, int.MaxValue], Gen.Int[0, 7], Gen.Bool).SampleAsync(async (file, at, bit, withoutIndexes) =>
        {
            var damaged = disk.AfterKill();
            var bytes = (byte[])damaged[files[file]].Clone();
            bytes[at % bytes.Length] ^= (byte)(1 << bit);
            damaged[files[file]] = bytes;
            if (withoutIndexes)
            {
                foreach (var index in files.Where(path => path.EndsWith(".idx", StringComparison.Ordinal)))
                    damaged.DeleteFile(index);
            }
            await ReadPrefixAsync(damaged);
        }, iter: 1500);
    }

    [Fact]
    public async Task WhatStandsBeforeAndBehindTheDamageIsServed()
    {
        var disk = await SeveralSegmentsAsync();
        var second = disk.Paths.Where(path => path.EndsWith(".seg", StringComparison.Ordinal)).ElementAt(1);
        Flip(disk, second, disk[second].Length - 1);
        foreach (var index in disk.Paths.Where(path => path.EndsWith(".idx", StringComparison.Ordinal)))
            disk.DeleteFile(index);
        await using var rig = LogRig.Open(disk);
        var read = new List<string>();
        var failure = await Should.ThrowAsync<LogDamagedException>(async () =>
        {
            using var page = new RecordPage();
            for (long next = 0; ; next = page.NextPosition)
            {
                await rig.Log.ReadAsync(1, next, new ReadLimits(100, 100_000), page);
                for (var i = 0; i < page.Count; i++)
                    read.Add(System.Text.Encoding.UTF8.GetString(page[i].Data));
            }
        });
        failure.Message.ShouldContain(second);
        read.ShouldBe(Written.Take(read.Count));
        read.Count.ShouldBeInRange(2, Written.Length - 10);
        (await rig.ReadAsync(1, from: Written.Length - 3)).ShouldBe(Written[^3..]);
    }

    [Fact]
    public async Task AMissingSegmentIsAnErrorAndNotAGap()
    {
        var disk = await SeveralSegmentsAsync();
        var second = disk.Paths.Where(path => path.EndsWith(".seg", StringComparison.Ordinal)).ElementAt(1);
        await using (var rig = LogRig.Open(disk))
        {
            disk.DeleteFile(second);
            await Should.ThrowAsync<LogDamagedException>(() => rig.ReadAsync(1));
            await Should.ThrowAsync<LogDamagedException>(() => FindAllAsync(rig));
        }
        await using var reopened = LogRig.Open(disk);
        await Should.ThrowAsync<LogDamagedException>(() => reopened.ReadAsync(1));
        (await reopened.ReadAsync(1, from: Written.Length - 1)).ShouldBe(Written[^1..]);
    }

    [Fact]
    public async Task ANewestSegmentThatLostItsBeginningIsNotTakenForAnUnfinishedOne()
    {
        var disk = await SeveralSegmentsAsync();
        var newest = disk.Paths.Last(path => path.EndsWith(".seg", StringComparison.Ordinal));
        Flip(disk, newest, 3);
        Should.Throw<LogDamagedException>(() => LogRig.Open(disk)).Message.ShouldContain(newest);
    }

    [Fact]
    public async Task AnIndexThatIsLostOrTornIsRebuilt()
    {
        var disk = await SeveralSegmentsAsync();
        var indexes = disk.Paths.Where(path => path.EndsWith(".idx", StringComparison.Ordinal)).ToList();
        indexes.Count.ShouldBeGreaterThan(1);
        disk.DeleteFile(indexes[0]);
        disk[indexes[1]] = disk[indexes[1]][..5];
        await using var rig = LogRig.Open(disk);
        (await rig.ReadAsync(1)).ShouldBe(Written);
    }

    private static void Flip(SimulatedDisk disk, string path, int at)
    {
        var bytes = (byte[])disk[path].Clone();
        bytes[at] ^= 0xff;
        disk[path] = bytes;
    }

    private static async Task FindAllAsync(LogRig rig)
    {
        for (var seconds = 0; seconds < Written.Length / 2; seconds++)
            await rig.Log.FindAsync(1, rig.Time.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds());
    }

    private static async Task<SimulatedDisk> SeveralSegmentsAsync()
    {
        var disk = new SimulatedDisk();
        await using var rig = LogRig.Open(disk, segmentBytes: 1200);
        foreach (var pair in Written.Chunk(2))
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await rig.AppendAsync(1, pair);
        }
        disk.Paths.Count(path => path.EndsWith(".seg", StringComparison.Ordinal)).ShouldBeGreaterThan(3);
        return disk;
    }

    /// <summary>Either the log refuses to open, or it serves a beginning of what was written and says where it ends.</summary>
    private static async Task ReadPrefixAsync(SimulatedDisk disk)
    {
        try
        {
            await using var rig = LogRig.Open(disk);
            using var page = new RecordPage();
            long next = 0;
            do
            {
                await rig.Log.ReadAsync(1, next, new ReadLimits(5, 100_000), page);
                for (var i = 0; i < page.Count; i++)
                    System.Text.Encoding.UTF8.GetString(page[i].Data).ShouldBe(Written[(int)page[i].Position]);
                next = page.NextPosition;
            }
            while (next < page.End);
        }
        catch (LogDamagedException)
        {
            // Said, and nothing false served.
        }
    }
}
