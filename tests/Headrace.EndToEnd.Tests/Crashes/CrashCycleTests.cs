using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>
/// The server is loaded, killed (-9) at a random moment, started again and checked, over and over: <c>CRASH_CYCLES</c> times, or 20.
/// Some kills hit the recovery, some a split or a merge. <c>CRASH_SEED</c> repeats the choices of an earlier run, though not its timing.
/// </summary>
public sealed class CrashCycleTests(ITestOutputHelper output)
{
    private const int Writers = 4;
    private static readonly string[] Streams = ["one-shard", "four-shards"];

    [Fact]
    public async Task Nothing_acknowledged_is_lost_repeated_or_reordered()
    {
        var cycles = Number("CRASH_CYCLES") ?? 20;
        var seed = Number("CRASH_SEED") ?? Random.Shared.Next();
        var ledger = new CrashLedger();
        using var reader = new CrashReader(Streams, ledger);
        var cycle = 0;
        try
        {
            await using var server = await ServerProcess.StartAsync();
            var random = new Random(seed);
            var writers = Enumerable.Range(0, Writers).Select(writer => new CrashWriter(writer, new Random(seed + writer + 1), Streams, ledger)).ToList();
            var passing = new PassingStreams();
            using (var before = new KinesisHttp(server.Endpoint))
            {
                await before.CreateStreamAsync(Streams[0], shards: 1);
                await before.CreateStreamAsync(Streams[1], shards: 4);
            }
            for (; cycle < cycles; cycle++)
            {
                await CrashAsync(server, random, writers, passing);
                using var kinesis = new KinesisHttp(server.Endpoint);
                await reader.ReadOnAsync(kinesis);
                await passing.CheckAsync(kinesis);
            }
            using var last = new KinesisHttp(server.Endpoint);
            await reader.ReadAllAgainAsync(last);
        }
        catch (Exception failure)
        {
            throw new ShouldAssertException($"cycle {cycle} of CRASH_SEED={seed}: {failure.Message}", failure);
        }
        ledger.Promised.ShouldBePositive();
        output.WriteLine($"{cycles} cycles, {ledger.Promised} records acknowledged, {ledger.Found} found; CRASH_SEED={seed}");
    }

    private static async Task CrashAsync(ServerProcess server, Random random, List<CrashWriter> writers, PassingStreams passing)
    {
        using var kinesis = new KinesisHttp(server.Endpoint);
        var load = writers.Select(writer => writer.WriteAsync(kinesis)).Append(passing.ChangeAsync(kinesis)).ToList();
        if (random.Next(4) == 0)
            load.Add(ReshardAsync(kinesis, random));
        await Task.Delay(random.Next(30, 400));
        await server.KillAsync();
        await Task.WhenAll(load);
        if (random.Next(4) == 0)
            await server.StartAndKillAsync(TimeSpan.FromMilliseconds(random.Next(600)));
        await server.RestartAsync();
    }

    /// <summary>Splits a shard or merges two, as far as it gets before the kill.</summary>
    private static async Task ReshardAsync(KinesisHttp kinesis, Random random)
    {
        try
        {
            await Deadline.UntilAsync(async () => await kinesis.StatusAsync(Streams[1]) == "ACTIVE", "the stream is ACTIVE");
            var listed = await kinesis.CallAsync("ListShards", new JsonObject { ["StreamName"] = Streams[1], ["ShardFilter"] = new JsonObject { ["Type"] = "AT_LATEST" } });
            var open = listed.GetProperty("Shards").EnumerateArray().OrderBy(shard => HashKey(shard, "StartingHashKey")).ToList();
            var at = random.Next(open.Count - 1);
            if (open.Count > 4)
            {
                await kinesis.CallAsync("MergeShards", new JsonObject { ["StreamName"] = Streams[1], ["ShardToMerge"] = Id(open[at]), ["AdjacentShardToMerge"] = Id(open[at + 1]) });
                return;
            }
            var middle = HashKey(open[at], "StartingHashKey") + ((HashKey(open[at], "EndingHashKey") - HashKey(open[at], "StartingHashKey")) / 2) + 1;
            await kinesis.CallAsync("SplitShard", new JsonObject { ["StreamName"] = Streams[1], ["ShardToSplit"] = Id(open[at]), ["NewStartingHashKey"] = middle.ToString(CultureInfo.InvariantCulture) });
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            // The server has been killed.
        }
    }

    private static string Id(JsonElement shard) => shard.GetProperty("ShardId").GetString()!;

    private static UInt128 HashKey(JsonElement shard, string end) => UInt128.Parse(shard.GetProperty("HashKeyRange").GetProperty(end).GetString()!, CultureInfo.InvariantCulture);

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
