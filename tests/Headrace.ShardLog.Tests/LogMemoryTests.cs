using Headrace.ShardLog.Tests.Disks;

namespace Headrace.ShardLog.Tests;

/// <summary>Frames in memory: bounded over all logs that share it, whoever lags how far, and given up with what they belong to.</summary>
public sealed class LogMemoryTests
{
    private const int Bound = 64 * 1024;

    /// <summary>What one run more may take: the newest is kept even where it alone is too large.</summary>
    private const int OneRun = 16 * 1024;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ManyLogsAndLaggingReadersStayWithinTheBound()
    {
        var memory = new LogMemory(Bound);
        var logs = new List<IShardLog>();
        for (var i = 0; i < 20; i++)
            logs.Add(Open(new SimulatedDisk(), memory));
        for (var round = 0; round < 30; round++)
        {
            foreach (var log in logs)
            {
                await AppendAsync(log, 300);
                memory.Bytes.ShouldBeLessThanOrEqualTo(Bound + OneRun);
            }
        }
        foreach (var log in logs)
        {
            (await CountAsync(log)).ShouldBe(30);
            memory.Bytes.ShouldBeLessThanOrEqualTo(Bound + OneRun);
        }
        foreach (var log in logs)
            await log.DisposeAsync();
        memory.Bytes.ShouldBe(0);
    }

    [Fact]
    public async Task WhatIsInMemoryIsNotReadFromTheDisk()
    {
        var disk = new SimulatedDisk();
        await using var log = Open(disk, new LogMemory(1024 * 1024));
        for (var i = 0; i < 20; i++)
            await AppendAsync(log, 300);
        disk.Refuse = (operation, path) => operation is DiskOperation.Read or DiskOperation.Open ? new IOException($"{path} is not to be read.") : null;
        (await CountAsync(log)).ShouldBe(20);
    }

    [Fact]
    public async Task WhatOneShardsReaderReadFromTheDiskIsThereForTheOthers()
    {
        var disk = new SimulatedDisk();
        await using (var log = Open(disk, new LogMemory(Bound)))
        {
            for (var i = 0; i < 20; i++)
                await AppendAsync(log, 100);
        }
        await using var reopened = Open(disk, new LogMemory(1024 * 1024));
        (await CountAsync(reopened, shard: 0)).ShouldBe(20);
        disk.Refuse = (operation, path) => operation == DiskOperation.Read ? new IOException($"{path} is not to be read again.") : null;
        (await CountAsync(reopened, shard: 1)).ShouldBe(20);
    }

    [Fact]
    public async Task ReadersWhoseRunsAreTakenFromUnderThemStillGetEveryRecord()
    {
        // Each run displaces the one before, while four readers go through them all.
        var log = Open(new SimulatedDisk(), new LogMemory(1));
        for (var i = 0; i < 200; i++)
            await AppendAsync(log, 100 + i);
        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(reader => Task.Run(() => CountAsync(log, reader % 2), Cancelled)));
        counts.ShouldAllBe(count => count == 200);
        await log.DisposeAsync();
    }

    private static IShardLog Open(SimulatedDisk disk, LogMemory memory) =>
        SegmentedLog.Open(new LogOptions { Directory = "/log", SegmentBytes = 4000, DirectBytes = int.MaxValue, Memory = memory, Disk = disk }, out _);

    /// <summary>One record for each of two shards, whose bytes tell them apart.</summary>
    private static async Task AppendAsync(IShardLog log, int bytes)
    {
        using var batch = new RecordBatch();
        foreach (var shard in new[] { 0, 1 })
        {
            var data = new byte[bytes];
            Array.Fill(data, (byte)(bytes + shard));
            batch.Add(shard, "key"u8, data);
        }
        await log.AppendAsync(batch, Cancelled);
    }

    private static async Task<long> CountAsync(IShardLog log, int shard = 0)
    {
        using var page = new RecordPage();
        long next = 0;
        do
        {
            await log.ReadAsync(shard, next, new ReadLimits(7, 2000), page, Cancelled);
            for (var i = 0; i < page.Count; i++)
            {
                page[i].Position.ShouldBe(next + i);
                page[i].Data.IndexOfAnyExcept((byte)(page[i].Data.Length + shard)).ShouldBe(-1);
            }
            next = page.NextPosition;
        }
        while (next < page.End);
        return next;
    }
}
