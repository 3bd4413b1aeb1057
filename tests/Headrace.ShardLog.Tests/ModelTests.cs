using CsCheck;
using Headrace.ShardLog.Tests.Disks;

namespace Headrace.ShardLog.Tests;

/// <summary>Whatever is done to a log, it holds what a list per shard would hold.</summary>
public sealed class ModelTests
{
    private const int Shards = 3;

    private static readonly Gen<(int Shard, string Data)[]> Records =
        Gen.Select(Gen.Int[0, Shards - 1], Gen.String[Gen.Char['a', 'z'], 0, 200]).Array[0, 12];

    [Theory]
    [InlineData(2_000, int.MaxValue)]
    [InlineData(20_000, 300)]
    public async Task AnyCourseOfEventsLeavesEveryRecordInItsPlace(int segmentBytes, int directBytes) =>
        await Gen.Select(Gen.Int[0, 9], Records).Array[1, 40].SampleAsync(async events =>
        {
            var disk = new SimulatedDisk();
            var rig = LogRig.Open(disk, segmentBytes, directBytes: directBytes);
            var model = Enumerable.Range(0, Shards).Select(_ => new List<string>()).ToArray();
            foreach (var (kind, records) in events)
            {
                rig.Time.Advance(TimeSpan.FromSeconds(1));
                switch (kind)
                {
                    case 0:
                        await rig.DisposeAsync();
                        rig = LogRig.Open(disk, segmentBytes, time: rig.Time, directBytes: directBytes);
                        rig.Report.DroppedBytes.ShouldBe(0);
                        break;
                    case 1:
                        rig = LogRig.Open(disk = disk.AfterPowerFailure(new Random(records.Length)), segmentBytes, time: rig.Time, directBytes: directBytes);
                        break;
                    case 2:
                        await rig.Log.TrimAsync(rig.Time.GetUtcNow().AddSeconds(-5).ToUnixTimeMilliseconds(), CancellationToken.None);
                        break;
                    default:
                        await rig.AppendAsync(records);
                        foreach (var (shard, data) in records)
                            model[shard].Add(data);
                        break;
                }
            }
            for (var shard = 0; shard < Shards; shard++)
            {
                var extent = rig.Log.GetExtent(shard);
                extent.End.ShouldBe(model[shard].Count);
                (await rig.ReadAsync(shard)).ShouldBe(model[shard].Skip((int)extent.First));
            }
            await rig.DisposeAsync();
        }, iter: 300);

    [Fact]
    public async Task RecordsAreFoundByTheirTime() =>
        await Gen.Int[0, 60].Array[1, 30].SampleAsync(async gaps =>
        {
            await using var rig = LogRig.Open(new SimulatedDisk());
            var times = new List<long>();
            foreach (var gap in gaps)
            {
                rig.Time.Advance(TimeSpan.FromSeconds(gap));
                await rig.AppendAsync(1, new string('x', 150));
                times.Add(rig.Time.GetUtcNow().ToUnixTimeMilliseconds());
            }
            foreach (var time in times.SelectMany(time => new[] { time - 1, time, time + 1 }))
            {
                var expected = times.FindIndex(other => other >= time);
                (await rig.Log.FindAsync(1, time)).ShouldBe(expected < 0 ? times.Count : expected);
            }
        }, iter: 60);
}
