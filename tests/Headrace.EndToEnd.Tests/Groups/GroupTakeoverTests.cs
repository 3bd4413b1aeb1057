using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Groups;

/// <summary>
/// Three workers on eight shards, their leases in DynamoDB; one is killed, one is added, and the stream is split and merged, all under load. Their lines go
/// into one file, in the order in which they were written.
/// </summary>
public sealed class GroupTakeoverTests(ITestOutputHelper output)
{
    private const string Stream = "orders";

    [Fact]
    public async Task Every_record_is_handled_in_order_and_only_what_the_killed_one_had_not_saved_twice()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync();
        await using var table = await LeaseTable.StartAsync();
        using var kinesis = new KinesisHttp(server.Endpoint);
        await kinesis.CreateStreamAsync(Stream, shards: 8);
        var log = new GroupLog(folder.At("lines.ndjson"));
        var load = new GroupLoad(kinesis, Stream);
        var loading = Task.Run(load.RunAsync);

        await using var first = Start(server, table, log);
        await using var second = Start(server, table, log);
        await using var doomed = Start(server, table, log);
        await Deadline.UntilAsync(async () => await LoadsAsync(table) is { Count: 3 } loads && loads.Values.Order().SequenceEqual([2, 3, 3]), "three workers share eight shards");
        await ReshardAsync(kinesis);
        await HandledAsync(log, load.Put);

        await doomed.KillAsync();
        var atKill = await table.LeasesAsync();
        await using var added = Start(server, table, log);
        await ReshardAsync(kinesis);
        await Deadline.UntilAsync(async () => await OwnersAsync(table) is { Count: 3 } owners && owners.Except(atKill.Select(lease => lease.Owner)).Count() == 1, "the added one has its share, and the killed one nothing");
        var alive = await OwnersAsync(table);
        load.Stop();
        await loading;
        await HandledAsync(log, load.Put);
        foreach (var worker in (RunningProcess[])[first, second, added])
        {
            worker.Interrupt();
            (await worker.EndAsync()).ShouldHaveExited(130).Error.ShouldNotContain("lost the lease");
        }

        var lines = log.Read();
        var lost = atKill.Where(lease => lease.Owner is not null && !alive.Contains(lease.Owner) && lease.Checkpoint != "SHARD_END").ToDictionary(lease => lease.ShardId, lease => lease.Checkpoint, StringComparer.Ordinal);
        output.WriteLine($"{load.Put} records, {lines.Count - load.Put} repeated, of {lost.Count} shards of the killed worker");
        output.WriteLine($"repeated by shard: {string.Join(", ", lines.GroupBy(line => line.Number).Where(line => line.Count() > 1).GroupBy(line => line.First().ShardId).Select(shard => $"{shard.Key} {shard.Min(line => line.Key)} to {shard.Max(line => line.Key)}"))}");
        output.WriteLine($"leases at the kill: {string.Join(", ", atKill)}");
        lost.ShouldNotBeEmpty();
        lines.Select(line => line.Number).Distinct().Count().ShouldBe(load.Put);
        OnlyUnsavedIsRepeated(lines, lost);
        EachKeyIsInOrder(lines);
        (await table.LeasesAsync()).ShouldAllBe(lease => lease.Owner == null);
    }

    /// <summary>Repeated is what the killed one wrote after its last checkpoint, and that once.</summary>
    private static void OnlyUnsavedIsRepeated(List<GroupRecord> lines, Dictionary<string, string> lost)
    {
        foreach (var repeated in lines.GroupBy(line => line.Number).Where(line => line.Count() > 1))
        {
            repeated.Count().ShouldBe(2, $"record {repeated.Key}");
            var line = repeated.First();
            lost.ShouldContainKey(line.ShardId, $"record {repeated.Key}");
            IsBehind(line.SequenceNumber, lost[line.ShardId]).ShouldBeTrue($"record {repeated.Key} was saved before");
        }
    }

    /// <summary>As first handled, and as repeated.</summary>
    private static void EachKeyIsInOrder(List<GroupRecord> lines)
    {
        var times = new Dictionary<int, int>();
        foreach (var pass in lines.GroupBy(line => (line.Key, Time: times[line.Number] = times.GetValueOrDefault(line.Number) + 1)))
            pass.Zip(pass.Skip(1)).Where(pair => pair.First.Number > pair.Second.Number).Take(5).ShouldBeEmpty($"{pass.Key}");
    }

    private static bool IsBehind(string sequenceNumber, string checkpoint) =>
        !char.IsAsciiDigit(checkpoint[0]) || System.Numerics.BigInteger.Parse(sequenceNumber) > System.Numerics.BigInteger.Parse(checkpoint);

    private static RunningProcess Start(ServerProcess server, LeaseTable table, GroupLog log) => RunningProcess.Start(BuiltCommand.Start(
        ["consume", "--stream", Stream, "--group", LeaseTable.Name, "--checkpoint", $"dynamodb:{LeaseTable.Name}", "--output", "json", "--endpoint-url", server.Url],
        new Dictionary<string, string> { ["AWS_ENDPOINT_URL_DYNAMODB"] = table.Url },
        log.Launcher));

    private static Task HandledAsync(GroupLog log, int count) => Deadline.UntilAsync(
        async () =>
        {
            await Task.Delay(100);
            return log.Read().Select(line => line.Number).Where(n => n < count).Distinct().Count() == count;
        },
        $"{count} records are handled");

    /// <summary>Splits the first open shard, and merges the last two.</summary>
    private static async Task ReshardAsync(KinesisHttp kinesis)
    {
        var open = (await kinesis.CallAsync("ListShards", new JsonObject { ["StreamName"] = Stream })).GetProperty("Shards").EnumerateArray()
            .Where(shard => !shard.GetProperty("SequenceNumberRange").TryGetProperty("EndingSequenceNumber", out _))
            .Select(shard => (Id: shard.GetProperty("ShardId").GetString()!, Start: Key(shard, "StartingHashKey"), End: Key(shard, "EndingHashKey")))
            .OrderBy(shard => shard.Start).ToList();
        var middle = open[0].Start + ((open[0].End - open[0].Start) / 2);
        await kinesis.CallAsync("SplitShard", new JsonObject { ["StreamName"] = Stream, ["ShardToSplit"] = open[0].Id, ["NewStartingHashKey"] = $"{middle}" });
        await ActiveAsync(kinesis);
        await kinesis.CallAsync("MergeShards", new JsonObject { ["StreamName"] = Stream, ["ShardToMerge"] = open[^2].Id, ["AdjacentShardToMerge"] = open[^1].Id });
        await ActiveAsync(kinesis);
    }

    private static UInt128 Key(System.Text.Json.JsonElement shard, string name) => UInt128.Parse(shard.GetProperty("HashKeyRange").GetProperty(name).GetString()!);

    private static Task ActiveAsync(KinesisHttp kinesis) => Deadline.UntilAsync(async () => await kinesis.StatusAsync(Stream) == "ACTIVE", "the stream is ACTIVE again");

    private static async Task<Dictionary<string, int>> LoadsAsync(LeaseTable table) =>
        (await table.OpenLeasesAsync()).Where(lease => lease.Owner is not null).GroupBy(lease => lease.Owner!).ToDictionary(owner => owner.Key, owner => owner.Count());

    private static async Task<HashSet<string>> OwnersAsync(LeaseTable table) => [.. (await table.OpenLeasesAsync()).Select(lease => lease.Owner ?? "")];
}
