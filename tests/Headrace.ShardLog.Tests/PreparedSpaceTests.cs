using Headrace.Files;
using Headrace.ShardLog.Tests.Disks;

namespace Headrace.ShardLog.Tests;

/// <summary>Zeros stand behind the end of the newest segment, so that small frames need not let the file grow; nobody else notices.</summary>
public sealed class PreparedSpaceTests
{
    private const long LargeSegments = 1 << 20;

    private readonly SimulatedDisk _disk = new();

    [Fact]
    public async Task AFrameOverwritesWhatWasPreparedBeforeIt()
    {
        await using var rig = LogRig.Open(_disk, LargeSegments);
        await rig.AppendAsync(0, "first");
        var length = NewestLength(_disk);
        for (var i = 0; i < 20; i++)
            await rig.AppendAsync(0, "another");
        NewestLength(_disk).ShouldBe(length);
        (await rig.ReadAsync(0)).Count.ShouldBe(21);
    }

    [Fact]
    public async Task WhatWasPreparedAndNotUsedIsNotTakenForDamage()
    {
        await using (var rig = LogRig.Open(_disk, LargeSegments))
            await rig.AppendAsync(0, "first", "second");
        var prepared = NewestLength(_disk);
        var killed = _disk.AfterKill();
        await using var reopened = LogRig.Open(killed, LargeSegments);
        reopened.Report.DroppedBytes.ShouldBe(0);
        reopened.Report.Reason.ShouldBeNull();
        NewestLength(killed).ShouldBeLessThan(prepared);
        await reopened.AppendAsync(0, "third");
        (await reopened.ReadAsync(0)).ShouldBe(["first", "second", "third"]);
    }

    [Fact]
    public async Task ATornFrameInWhatWasPreparedIsReported()
    {
        await using (var rig = LogRig.Open(_disk, LargeSegments))
            await rig.AppendAsync(0, "first", "second");
        var path = _disk.Paths[^1];
        var bytes = _disk[path];
        bytes[bytes.Length - 100] = 1;
        _disk[path] = bytes;
        await using var reopened = LogRig.Open(_disk.AfterKill(), LargeSegments);
        reopened.Report.DroppedBytes.ShouldBePositive();
        reopened.Report.Reason.ShouldNotBeNull();
        (await reopened.ReadAsync(0)).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task AClosedSegmentEndsWithItsLastFrame()
    {
        await using var rig = LogRig.Open(_disk, segmentBytes: 2000);
        for (var i = 0; i < 40; i++)
            await rig.AppendAsync(0, "a record that does not end with a zero");
        var segments = _disk.Paths.Where(path => path.EndsWith(".seg", StringComparison.Ordinal)).ToList();
        segments.Count.ShouldBeGreaterThan(2);
        segments.SkipLast(1).Select(path => _disk[path].Last()).ShouldAllBe(last => last != 0);
    }

    [Fact]
    public async Task ADiskTooFullToPrepareSpaceStillTakesRecords()
    {
        await using var rig = LogRig.Open(_disk, LargeSegments);
        var writes = 0;
        // A segment's beginning and each record are written; the zeros find no room.
        _disk.Refuse = (operation, _) => operation == DiskOperation.Write && ++writes == 3 ? new DiskException("No space left on device", 28) : null;
        await rig.AppendAsync(0, "first");
        writes.ShouldBe(3);
        await rig.AppendAsync(0, "second");
        (await rig.ReadAsync(0)).ShouldBe(["first", "second"]);
    }

    private static int NewestLength(SimulatedDisk disk) => disk[disk.Paths.Last(path => path.EndsWith(".seg", StringComparison.Ordinal))].Length;
}
