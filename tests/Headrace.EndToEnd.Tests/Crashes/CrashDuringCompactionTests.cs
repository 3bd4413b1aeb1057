using System.Globalization;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>The server is killed again and again while it delivers and merges what it delivered. Every listing of the bucket has every record once.</summary>
public sealed class CrashDuringCompactionTests(ITestOutputHelper output)
{
    private const string Bucket = "lake";

    /// <summary>By hand: how often the server is killed.</summary>
    private const string KillsVariable = "HEADRACE_COMPACTION_KILLS";

    [Fact]
    public async Task Every_record_is_in_one_object_at_every_moment()
    {
        var kills = Environment.GetEnvironmentVariable(KillsVariable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 5;
        await using var server = await ServerProcess.StartAsync();
        using (var kinesis = new KinesisHttp(server.Endpoint))
            await kinesis.CreateStreamAsync("orders", shards: 4);
        (await server.RunAsync(["buckets", "create", Bucket])).ShouldHaveExited(0);
        await PartitionedDelivery.CreateAsync(server, "to-lake", Bucket, """{"Key":"headrace:compaction","Value":"512KB"},{"Key":"headrace:compaction-after","Value":"2s"},""");
        (await server.RunAsync(["produce", "--stream", "orders", "--generate", "--count", "1000", "--seed", "1"])).ShouldHaveExited(0);

        var seen = new CompactedSessions(server.Endpoint, Bucket);
        using var stop = new CancellationTokenSource();
        var producing = ProduceUntilAsync(server, stop.Token);
        var looking = LookUntilAsync(seen, stop.Token);
        var random = new Random(5);
        for (var kill = 0; kill < kills && !looking.IsCompleted; kill++)
        {
            await Task.Delay(random.Next(50, 2_500), CancellationToken.None);
            await server.KillAsync();
            await server.RestartAsync();
            if (kill % 10 == 9)
                output.WriteLine($"{kill + 1} kills, {seen.Replaced} small objects merged in {seen.Listings} listings");
        }
        // Also where no kill comes between, there is something to merge.
        var replaced = seen.Replaced;
        await Deadline.UntilAsync(() => looking.IsCompleted || seen.Replaced > replaced, "small objects are merged");
        await stop.CancelAsync();
        await Task.WhenAll(producing, looking);

        using var again = new KinesisHttp(server.Endpoint);
        var all = (await again.ReadAllAsync("orders")).Select(static record => record.Member("session_id")).ToHashSet(StringComparer.Ordinal);
        await Deadline.UntilAsync(async () => await seen.TryLookAsync() && seen.Sessions.Count >= all.Count, $"{all.Count} records are in the bucket");
        all.SetEquals(seen.Sessions).ShouldBeTrue("what was delivered is not what was stored");
        output.WriteLine($"{kills} kills, {all.Count} records in {seen.Objects} objects, of which {seen.Replaced} smaller ones were seen before in {seen.Listings} listings");
        seen.Replaced.ShouldBeGreaterThan(0);
    }

    private static async Task ProduceUntilAsync(ServerProcess server, CancellationToken stop)
    {
        for (var seed = 2; !stop.IsCancellationRequested; seed++)
            await server.RunAsync(["produce", "--stream", "orders", "--generate", "--count", "2000", "--seed", $"{seed}", "--rate", "1000/s"]);
    }

    private static async Task LookUntilAsync(CompactedSessions seen, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await seen.TryLookAsync();
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
