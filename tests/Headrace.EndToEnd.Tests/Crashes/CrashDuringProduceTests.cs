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
            var before = produce.OutputLength;
            await Deadline.UntilAsync(() => produce.HasEnded || produce.OutputLength > before, $"the producer goes on: {produce}");
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
            if (!bySequenceNumber.TryGetValue((promise.ShardId, promise.SequenceNumber), out var record) || record.PartitionKey != promise.PartitionKey)
                throw new ShouldAssertException($"{promise} is not there, but {record}");
        }
        acknowledged.Distinct().Count().ShouldBe(acknowledged.Count, "two records were promised the same place");
        var twice = stored.GroupBy(record => record.Member("session_id")).Where(same => same.Count() > 1).ToList();
        twice.ShouldBeEmpty($"{twice.Count} records are stored more than once, the first at {string.Join(" and ", twice.FirstOrDefault()?.Select(record => record.SequenceNumber) ?? [])}");
        stored.Count.ShouldBe(acknowledged.Count);
    }

    /// <summary>The generated session ids ascend in the order of their making, and so must each key's sequence numbers.</summary>
    private static void ShouldBeInOrder(List<StoredRecord> stored)
    {
        var last = new Dictionary<string, (StoredRecord Record, string Session)>();
        foreach (var record in stored)
        {
            var session = record.Member("session_id");
            if (last.TryGetValue(record.PartitionKey, out var before))
            {
                var inOrder = before.Record.ShardId == record.ShardId && before.Record.Number < record.Number && string.CompareOrdinal(before.Session, session) < 0;
                inOrder.ShouldBeTrue($"of key {record.PartitionKey}, {before.Session} is stored at {before.Record.SequenceNumber} and {session} behind it at {record.SequenceNumber}");
            }
            last[record.PartitionKey] = (record, session);
        }
    }
}
