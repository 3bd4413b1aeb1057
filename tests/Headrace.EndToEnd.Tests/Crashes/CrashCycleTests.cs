using System.Globalization;
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
            load.Add(RandomResharding.ChangeAsync(kinesis, Streams[1], random, shards: 4));
        await Task.Delay(random.Next(30, 400));
        await server.KillAsync();
        await Task.WhenAll(load);
        if (random.Next(4) == 0)
            await server.StartAndKillAsync(TimeSpan.FromMilliseconds(random.Next(600)));
        await server.RestartAsync();
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
