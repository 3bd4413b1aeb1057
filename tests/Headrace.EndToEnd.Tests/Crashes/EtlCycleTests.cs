using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>
/// A pipeline that two processes share fans records out into three streams while a producer goes on; again and again a process, the server
/// or both are killed (-9), and the source and the destinations are split and merged. In the end source and destinations are compared
/// record by record.
/// HEADRACE_ETL_CYCLES sets how many kills there are, HEADRACE_ETL_SEED repeats the choices of an earlier run, though not its timing.
/// </summary>
public sealed class EtlCycleTests(ITestOutputHelper output)
{
    private const int Keys = 50;

    /// <summary>Every so many lines one can't be transformed.</summary>
    private const int BadEvery = 97;

    private static readonly string[] Destinations = ["copies", "evens", "odds"];

    [Fact]
    public async Task Each_output_of_each_record_is_there_once_and_in_order()
    {
        var cycles = Number("HEADRACE_ETL_CYCLES") ?? 4;
        var seed = Number("HEADRACE_ETL_SEED") ?? Random.Shared.Next();
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync();
        using (var before = new KinesisHttp(server.Endpoint))
        {
            foreach (var stream in Destinations.Append("source"))
                await before.CreateStreamAsync(stream, shards: 2);
            await before.CreateStreamAsync("dead", shards: 1);
        }
        var pipeline = folder.Write("pipeline.yaml", """
            source: { stream: source }
            steps:
              - flatten: .items
              - jq: '. + {at: now}'
            routes:
              - { to: copies, continue: true }
              - { when: .n % 2 == 0, to: evens }
              - { to: odds }
            destinations:
              copies: { stream: copies, partition-key: .k }
              evens: { stream: evens, partition-key: .k }
              odds: { stream: odds, partition-key: .k }
            dead-letter: { stream: dead }
            """);
        string[] etl = ["etl", "--pipeline", pipeline, "--checkpoint", $"file:{folder.At("progress.json")}", "--failover-time", "1s"];

        await using var produced = new NumberedLines(server, folder, "source", Line);
        var kills = await KillAsync(server, etl, produced, cycles, new Random(seed));
        await produced.EndAsync();
        var lines = produced.Count;
        (await server.RunAsync([.. etl, "--no-follow"])).ShouldHaveExited(0);

        var expected = Enumerable.Range(0, lines).Where(n => n % BadEvery != 0).SelectMany(n => Enumerable.Range(0, n % 4).Select(i => (N: n, I: i))).ToList();
        var missing = 0;
        var repeated = 0;
        foreach (var (stream, wanted) in new[] { ("copies", expected), ("evens", expected.Where(item => item.N % 2 == 0)), ("odds", expected.Where(item => item.N % 2 != 0)) })
        {
            var found = await ReadAsync(server, stream);
            var once = found.ToHashSet();
            missing += wanted.Count(item => !once.Contains(item));
            repeated += found.Count - once.Count;
            foreach (var key in found.GroupBy(item => item.N % Keys))
                key.ShouldBe(wanted.Where(item => item.N % Keys == key.Key), $"{stream}, key {key.Key}, seed {seed}");
        }
        var letters = await LettersAsync(server);
        output.WriteLine($"{cycles} cycles ({kills}), {lines} records, {2 * expected.Count} outputs: missing {missing}, repeated {repeated}; {letters.Count} dead letters; HEADRACE_ETL_SEED={seed}");
        (missing, repeated).ShouldBe((0, 0), $"seed {seed}");
        letters.Order().ShouldBe(Enumerable.Range(0, lines).Where(n => n % BadEvery == 0), $"dead letters, seed {seed}");
    }

    private static string Line(int n) => n % BadEvery == 0
        ? $$"""{"k":"k{{n % Keys}}","n":{{n}},"items":"none"}"""
        : $$"""{"k":"k{{n % Keys}}","n":{{n}},"items":[{{string.Join(',', Enumerable.Range(0, n % 4).Select(i => $$"""{"k":"k{{n % Keys}}","n":{{n}},"i":{{i}}}"""))}}]}""";

    /// <summary>Each time some more has arrived, kills one of the pipeline's processes, the server or both, mostly while something is split or merged.</summary>
    private static async Task<string> KillAsync(ServerProcess server, string[] command, NumberedLines produced, int cycles, Random random)
    {
        var (pipelines, servers, reshardings) = (0, 0, 0);
        RunningProcess[] etl = [server.Start(command), server.Start(command)];
        try
        {
            for (var cycle = 0; cycle < cycles; cycle++)
            {
                using var kinesis = new KinesisHttp(server.Endpoint);
                await ArrivalAsync(kinesis, etl, produced, () => KeepOnAsync(server, command, etl));
                var changes = Destinations.Append("source").Where(_ => random.Next(3) == 0).Select(stream => RandomResharding.ChangeAsync(kinesis, stream, new Random(random.Next()), shards: 2)).ToList();
                reshardings += changes.Count;
                await Task.Delay(random.Next(200));
                var which = random.Next(3);
                if (which != 0)
                {
                    await server.KillAsync();
                    servers++;
                }
                if (which != 1)
                {
                    await etl[pipelines % etl.Length].DisposeAsync();
                    pipelines++;
                }
                await Task.WhenAll(changes);
                if (which != 0)
                    await server.RestartAsync();
                if (which != 1)
                    etl[(pipelines - 1) % etl.Length] = server.Start(command);
            }
            await KeepOnAsync(server, command, etl);
            foreach (var one in etl)
                one.Interrupt();
            foreach (var one in etl)
                (await one.EndAsync()).ShouldHaveExited(130);
        }
        finally
        {
            foreach (var one in etl)
                await one.DisposeAsync();
        }
        return $"{pipelines} kills of a process of the pipeline, {servers} of the server, {reshardings} splits and merges begun";
    }

    /// <summary>One that met a server that was down when it started has failed; another takes its place.</summary>
    private static async Task KeepOnAsync(ServerProcess server, string[] command, RunningProcess[] etl)
    {
        for (var i = 0; i < etl.Length; i++)
        {
            if (!etl[i].HasEnded)
                continue;
            var ended = await etl[i].EndAsync();
            ended.Error.ShouldContain("cannot reach", customMessage: ended.ToString());
            await etl[i].DisposeAsync();
            etl[i] = server.Start(command);
        }
    }

    /// <summary>Waits until one more record has come through, so that every kill meets work.</summary>
    private static async Task ArrivalAsync(KinesisHttp kinesis, RunningProcess[] etl, NumberedLines produced, Func<Task> keepOn)
    {
        var tips = new List<string>();
        foreach (var shard in await kinesis.ShardIdsAsync("copies"))
        {
            var answer = await kinesis.CallAsync("GetShardIterator", new JsonObject { ["StreamName"] = "copies", ["ShardId"] = shard, ["ShardIteratorType"] = "LATEST" });
            tips.Add(answer.GetProperty("ShardIterator").GetString()!);
        }
        await Deadline.UntilAsync(
            async () =>
            {
                await produced.KeepOnAsync();
                await keepOn();
                foreach (var tip in tips)
                {
                    var page = await kinesis.CallAsync("GetRecords", new JsonObject { ["ShardIterator"] = tip, ["Limit"] = 1 });
                    if (page.GetProperty("Records").GetArrayLength() > 0)
                        return true;
                }
                return false;
            },
            $"something arrives from {string.Join('\n', etl.Select(one => one.ToString()))}");
    }

    private static async Task<List<(int N, int I)>> ReadAsync(ServerProcess server, string stream) =>
        [.. (await ConsumeAsync(server, stream)).Select(data => (data.GetProperty("n").GetInt32(), data.GetProperty("i").GetInt32()))];

    private static async Task<List<int>> LettersAsync(ServerProcess server)
    {
        var letters = new List<int>();
        foreach (var letter in await ConsumeAsync(server, "dead"))
        {
            letter.GetProperty("reason").GetString().ShouldBe(".items is no array");
            using var record = JsonDocument.Parse(letter.GetProperty("dataBase64").GetBytesFromBase64());
            letters.Add(record.RootElement.GetProperty("n").GetInt32());
        }
        return letters;
    }

    /// <summary>A stream's records, shards in order and children behind their parents.</summary>
    private static async Task<List<JsonElement>> ConsumeAsync(ServerProcess server, string stream)
    {
        var consumed = (await server.RunAsync(["consume", "--stream", stream, "--no-follow", "--output", "json"])).ShouldHaveExited(0);
        var records = new List<JsonElement>();
        foreach (var line in consumed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var record = JsonDocument.Parse(line);
            records.Add(record.RootElement.GetProperty("data").Clone());
        }
        return records;
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
