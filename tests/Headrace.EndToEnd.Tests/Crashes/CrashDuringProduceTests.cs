using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>
/// The server is killed again and again while a producer writes as fast as it can; the producer rides it out. Afterwards every
/// acknowledged record must be there, once, and in order per partition key.
/// </summary>
public sealed class CrashDuringProduceTests(ITestOutputHelper output)
{
    private const string Stream = "orders";
    private const int MostKills = 8;

    [Theory]
    [InlineData(1, "session_id")]
    [InlineData(2, "city")]
    public async Task Every_acknowledged_record_is_stored_once_and_in_order(int seed, string partitionKeyFrom)
    {
        const int count = 200_000;
        await using var server = await ServerProcess.StartAsync();
        using (var before = new KinesisHttp(server.Endpoint))
            await before.CreateStreamAsync(Stream, shards: 4);

        await using var produce = server.Start(
            ["produce", "--stream", Stream, "--generate", "--count", $"{count}", "--seed", $"{seed}", "--partition-key-from", partitionKeyFrom, "--output", "json"]);
        var kills = await KillRepeatedlyAsync(server, produce, new Random(seed));
        var produced = (await produce.EndAsync()).ShouldHaveExited(0);

        var acknowledged = Acknowledgement.AllOf(produced);
        acknowledged.Count.ShouldBe(count);
        using var kinesis = new KinesisHttp(server.Endpoint);
        var stored = await kinesis.ReadAllAsync(Stream);
        output.WriteLine($"{kills} kills, {acknowledged.Count} acknowledged, {stored.Count} stored");
        ShouldHoldEachOnce(stored, acknowledged);
        ShouldBeInOrder(stored);
    }

    /// <summary>Kills the server at seeded moments, the first ones within the first second, until the producer has ended.</summary>
    private static async Task<int> KillRepeatedlyAsync(ServerProcess server, RunningProcess produce, Random random)
    {
        var kills = 0;
        while (kills < MostKills)
        {
            var before = produce.Output.Length;
            await Deadline.UntilAsync(() => produce.HasEnded || produce.Output.Length > before, $"the producer goes on: {produce}");
            await Task.Delay(random.Next(kills < 3 ? 300 : 1_000));
            if (produce.HasEnded)
                break;
            await server.KillAsync();
            kills++;
            await server.RestartAsync();
        }
        kills.ShouldBeGreaterThan(1, "the producer ended before the server was killed twice");
        return kills;
    }

    private static void ShouldHoldEachOnce(List<StoredRecord> stored, List<Acknowledgement> acknowledged)
    {
        stored.Select(record => (record.ShardId, record.SequenceNumber)).Distinct().Count().ShouldBe(stored.Count, "a sequence number was given twice");
        var bySequenceNumber = stored.ToDictionary(record => (record.ShardId, record.SequenceNumber));
        foreach (var promise in acknowledged)
        {
            bySequenceNumber.TryGetValue((promise.ShardId, promise.SequenceNumber), out var record).ShouldBeTrue($"{promise} is not there");
            record!.PartitionKey.ShouldBe(promise.PartitionKey);
        }
        acknowledged.Distinct().Count().ShouldBe(acknowledged.Count, "two records were promised the same place");
        var twice = stored.GroupBy(record => record.Member("session_id")).Where(same => same.Count() > 1).ToList();
        twice.ShouldBeEmpty($"{twice.Count} records are stored more than once, the first at {string.Join(" and ", twice.FirstOrDefault()?.Select(record => record.SequenceNumber) ?? [])}");
        stored.Count.ShouldBe(acknowledged.Count);
    }

    /// <summary>The generated session ids ascend in the order of their making.</summary>
    private static void ShouldBeInOrder(List<StoredRecord> stored)
    {
        foreach (var key in stored.GroupBy(record => record.PartitionKey))
        {
            key.Select(record => record.ShardId).Distinct().Count().ShouldBe(1);
            key.Zip(key.Skip(1)).ShouldAllBe(pair => pair.First.Number < pair.Second.Number);
            var sessions = key.Select(record => record.Member("session_id")).ToList();
            sessions.SequenceEqual(sessions.Order(StringComparer.Ordinal)).ShouldBeTrue($"the records of {key.Key} are out of order");
        }
    }
}
