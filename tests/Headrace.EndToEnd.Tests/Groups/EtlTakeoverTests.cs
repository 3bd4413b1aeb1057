using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Groups;

/// <summary>Two processes share a pipeline's shards; one is killed (-9) under load, and the other takes over its shards. Each record arrives once.</summary>
public sealed class EtlTakeoverTests(ITestOutputHelper output)
{
    private const string Source = "orders";
    private const string Destination = "copies";

    private static readonly TimeSpan Failover = TimeSpan.FromSeconds(2);

    /// <summary>For a machine that is busy with something else; a shard that never comes back needs longer.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_other_has_the_killed_ones_shards_soon_after_the_failover_time_and_each_record_is_there_once()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync();
        using var kinesis = new KinesisHttp(server.Endpoint);
        await kinesis.CreateStreamAsync(Source, shards: 4);
        await kinesis.CreateStreamAsync(Destination, shards: 2);
        var pipeline = folder.Write("pipeline.yaml", $$"""
            source: { stream: {{Source}}, group: two }
            steps: [{ jq: '. + {at: now}' }]
            routes: [{ to: copies }]
            destinations: { copies: { stream: {{Destination}} } }
            checkpoints: { file: {{folder.At("leases.json")}}, failover-time: {{Failover.TotalSeconds}}s }
            """);
        await using var first = server.Start(["etl", "--pipeline", pipeline]);
        await Deadline.UntilAsync(() => Owners(folder).Count == 4, $"the first one has all shards: {first}");
        var survivor = Owners(folder).Values.Distinct().Single();
        await using var doomed = server.Start(["etl", "--pipeline", pipeline]);
        await Deadline.UntilAsync(() => Owners(folder).Values.GroupBy(owner => owner).Select(owner => owner.Count()).SequenceEqual([2, 2]), $"they share the shards: {doomed}");
        var load = new GroupLoad(kinesis, Source);
        var loading = load.RunAsync();
        await ArriveAsync(kinesis, 400);

        await doomed.KillAsync();
        var watch = Stopwatch.StartNew();
        await Deadline.UntilAsync(() => Owners(folder).Values.All(owner => owner == survivor), $"the shards are the survivor's: {first}");
        var taken = watch.Elapsed;
        // What is put now is of all shards, and arrives when those of the killed one move.
        var put = load.Put;
        await ArriveAsync(kinesis, put);
        var moved = watch.Elapsed;
        load.Stop();
        await loading;
        await ArriveAsync(kinesis, load.Put);
        first.Interrupt();
        (await first.EndAsync()).ShouldHaveExited(130);

        output.WriteLine($"failover time {Failover.TotalSeconds} s: shards taken over after {taken.TotalSeconds:f2} s, records moved after {moved.TotalSeconds:f2} s; {load.Put} records");
        taken.ShouldBeLessThan(Failover + Margin);
        moved.ShouldBeLessThan(Failover + Margin);
        (await NumbersAsync(kinesis)).Order().ShouldBe(Enumerable.Range(0, load.Put));
    }

    private static async Task ArriveAsync(KinesisHttp kinesis, int count) =>
        await Deadline.UntilAsync(async () => (await NumbersAsync(kinesis)).Distinct().Count() >= count, $"{count} records arrive");

    private static async Task<List<int>> NumbersAsync(KinesisHttp kinesis) =>
        [.. (await kinesis.ReadAllAsync(Destination)).Select(record =>
        {
            using var document = JsonDocument.Parse(record.Data);
            return document.RootElement.GetProperty("n").GetInt32();
        })];

    private static Dictionary<string, string> Owners(TemporaryFolder folder)
    {
        if (!File.Exists(folder.At("leases.json")))
            return [];
        using var leases = JsonDocument.Parse(File.ReadAllText(folder.At("leases.json"), Encoding.UTF8));
        return leases.RootElement.EnumerateObject().Where(lease => lease.Value.TryGetProperty("owner", out _)).ToDictionary(lease => lease.Name, lease => lease.Value.GetProperty("owner").GetString()!);
    }
}
