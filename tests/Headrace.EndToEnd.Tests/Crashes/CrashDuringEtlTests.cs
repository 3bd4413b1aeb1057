using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>The server is killed again and again while a producer and the ETL work; both ride it out, and no record is lost or doubled.</summary>
public sealed class CrashDuringEtlTests(ITestOutputHelper output)
{
    private const int Count = 40_000;
    private const int Kills = 6;

    [Fact]
    public async Task Every_record_reaches_its_side_once()
    {
        await using var server = await ServerProcess.StartAsync();
        using (var kinesis = new KinesisHttp(server.Endpoint))
        {
            foreach (var stream in new[] { "source", "usa", "int" })
                await kinesis.CreateStreamAsync(stream, shards: 2);
        }
        await using var etl = server.Start(["etl", "--source-stream", "source", "--dest-streams", """{"USA":"usa","International":"int"}"""]);
        await using var produce = server.Start(["produce", "--stream", "source", "--generate", "--count", $"{Count}", "--seed", "4", "--rate", "8000/s", "--output", "json"]);
        await Deadline.UntilAsync(() => produce.OutputLength > 0, $"a record is acknowledged: {produce}");
        var random = new Random(4);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(50, 1_500));
            await server.KillAsync();
            await server.RestartAsync();
        }
        (await produce.EndAsync()).ShouldHaveExited(0);

        using var again = new KinesisHttp(server.Endpoint);
        var usa = new List<StoredRecord>();
        var international = new List<StoredRecord>();
        await Deadline.UntilAsync(
            async () =>
            {
                usa = await again.ReadAllAsync("usa");
                international = await again.ReadAllAsync("int");
                return usa.Count + international.Count >= Count;
            },
            $"all records are routed: {etl}",
            TimeSpan.FromMinutes(2));
        etl.Interrupt();
        (await etl.EndAsync()).ShouldHaveExited(130);
        output.WriteLine($"{Kills} kills, {usa.Count} records of the USA, {international.Count} of others");

        var sessions = usa.Concat(international).Select(record => record.Member("session_id")).ToList();
        sessions.Distinct(StringComparer.Ordinal).Count().ShouldBe(Count);
        sessions.Count.ShouldBe(Count, "records were routed twice");
        usa.Select(record => record.Member("country")).Distinct().ShouldBe(["USA"]);
        international.Select(record => record.Member("country")).ShouldNotContain("USA");
    }
}
