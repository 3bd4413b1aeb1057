using System.Globalization;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>
/// Server and producer are killed in turns while a file goes into a stream line by line, numbered; the same command is given again after
/// each kill. In the end each line must be there once. HEADRACE_CRASH_CYCLES sets how many kills there are.
/// </summary>
public sealed class CrashDuringNumberedProduceTests(ITestOutputHelper output)
{
    private const string Stream = "orders";
    private const int LinesEachCycle = 2_500;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Each_line_is_stored_once(int seed, bool aggregate)
    {
        var cycles = int.Parse(Environment.GetEnvironmentVariable("HEADRACE_CRASH_CYCLES") ?? "4", CultureInfo.InvariantCulture);
        var lines = cycles * LinesEachCycle;
        using var folder = new TemporaryFolder();
        var file = folder.Write("lines.ndjson", string.Join('\n', Enumerable.Range(1, lines).Select(n => $$"""{"session_id":"s{{n % 50}}","n":{{n}}}""")));
        await using var server = await ServerProcess.StartAsync();
        using (var before = new KinesisHttp(server.Endpoint))
            await before.CreateStreamAsync(Stream, shards: 4);

        string[] command = ["produce", "--stream", Stream, "--file", file, "--producer", "crashing", "--rate", "3000/s", .. aggregate ? ["--aggregate"] : Array.Empty<string>()];
        var kills = await KillInTurnsAsync(server, command, cycles, new Random(seed));
        output.WriteLine($"seed {seed}: {kills} kills of {cycles} before the file was through");
        // Once more: nothing may be added.
        await RunAgainAsync(server, command);

        var consumed = (await server.RunAsync(["consume", "--stream", Stream, "--no-follow", "--output", "json"])).ShouldHaveExited(0);
        var numbers = consumed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToList();
        numbers.Order().ShouldBe(Enumerable.Range(1, lines));
        // In order within each key: the lines of a key are those with the same rest.
        foreach (var key in numbers.GroupBy(n => n % 50))
            key.ShouldBe(key.Order());
    }

    /// <summary>Each time some more was stored, kills one of the two, and starts it again; ends when the file is through.</summary>
    private static async Task<int> KillInTurnsAsync(ServerProcess server, string[] command, int cycles, Random random)
    {
        using var kinesis = new KinesisHttp(server.Endpoint);
        var produce = server.Start(command);
        try
        {
            var kills = 0;
            for (var before = 0L; kills < cycles; kills++)
            {
                await Deadline.UntilAsync(async () => produce.HasEnded || await StoredAsync(kinesis) > before, $"more is stored by {produce}");
                await Task.Delay(random.Next(300));
                if (produce.HasEnded)
                {
                    (await produce.EndAsync()).ShouldHaveExited(0);
                    break;
                }
                if (kills % 2 == 0)
                {
                    await server.KillAsync();
                    await server.RestartAsync();
                }
                else
                {
                    await produce.KillAsync();
                    await produce.DisposeAsync();
                    produce = server.Start(command);
                }
                // Only then: what the killed one had on its way may still have been stored.
                before = await StoredAsync(kinesis);
            }
            (await produce.EndAsync(TimeSpan.FromMinutes(5))).ShouldHaveExited(0);
            kills.ShouldBeGreaterThan(1, $"the file was through before both had been killed: {produce}");
            return kills;
        }
        finally
        {
            await produce.DisposeAsync();
        }
    }

    private static async Task<long> StoredAsync(KinesisHttp kinesis)
    {
        var standing = await kinesis.CallAsync("DescribeProducer", new JsonObject { ["StreamName"] = Stream, ["ProducerName"] = "crashing" });
        return standing.TryGetProperty("Number", out var number) ? number.GetInt64() : 0;
    }

    private static async Task RunAgainAsync(ServerProcess server, string[] command) => (await server.RunAsync(command)).ShouldHaveExited(0);

    private static int Number(string line)
    {
        using var record = System.Text.Json.JsonDocument.Parse(line);
        return record.RootElement.GetProperty("data").GetProperty("n").GetInt32();
    }
}
