using System.Text;
using Headrace.Files;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.ShardLog.Tests;

/// <summary>A log with small segments and little memory, so that few records reach every part of it.</summary>
internal sealed class LogRig : IAsyncDisposable
{
    public const string Directory = "/log";

    private LogRig(IShardLog log, RecoveryReport report, FakeTimeProvider time)
    {
        Log = log;
        Report = report;
        Time = time;
    }

    public IShardLog Log { get; }

    public RecoveryReport Report { get; }

    public FakeTimeProvider Time { get; }

    public static LogRig Open(IDisk disk, long segmentBytes = 2000, int tailBytes = 600, Durability durability = Durability.Fsync, FakeTimeProvider? time = null, int directBytes = int.MaxValue)
    {
        time ??= new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        var options = new LogOptions { Directory = Directory, SegmentBytes = segmentBytes, Memory = new LogMemory(tailBytes), Durability = durability, DirectBytes = directBytes, Disk = disk, Time = time };
        var log = SegmentedLog.Open(options, out var report);
        return new LogRig(log, report, time);
    }

    public Task AppendAsync(int shard, params string[] records) => AppendAsync([.. records.Select(record => (shard, record))]);

    public async Task AppendAsync(IReadOnlyList<(int Shard, string Data)> records)
    {
        using var batch = new RecordBatch();
        foreach (var (shard, data) in records)
            batch.Add(shard, "key"u8, Encoding.UTF8.GetBytes(data));
        await Log.AppendAsync(batch);
    }

    /// <summary>Every record of a shard from a position on, in pages of at most <paramref name="pageSize"/>.</summary>
    public async Task<List<string>> ReadAsync(int shard, long from = 0, int pageSize = 7)
    {
        var records = new List<string>();
        using var page = new RecordPage();
        var next = Math.Max(from, Log.GetExtent(shard).First);
        do
        {
            await Log.ReadAsync(shard, next, new ReadLimits(pageSize, 500), page);
            for (var i = 0; i < page.Count; i++)
            {
                page[i].Position.ShouldBe(next + i);
                records.Add(Encoding.UTF8.GetString(page[i].Data));
            }
            if (page.NextPosition < page.End)
                page.Count.ShouldBePositive();
            next = page.NextPosition;
        }
        while (next < page.End);
        return records;
    }

    public ValueTask DisposeAsync() => Log.DisposeAsync();
}
