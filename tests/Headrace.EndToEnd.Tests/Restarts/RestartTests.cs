using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Restarts;

/// <summary>What a client was given or has asked for holds over a restart of the server, orderly or not.</summary>
public sealed class RestartTests
{
    private const string Stream = "orders";
    private const string Shard = "shardId-000000000000";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Iterators_streams_tags_and_retention_survive(bool killed)
    {
        await using var server = await ServerProcess.StartAsync();
        string horizon, latest, after;
        string[] numbers;
        JsonElement described;
        using (var kinesis = new KinesisHttp(server.Endpoint))
        {
            await kinesis.CreateStreamAsync(Stream, shards: 2);
            await kinesis.CallAsync("AddTagsToStream", Of(("Tags", new JsonObject { ["team"] = "river", ["tier"] = "gold" })));
            await kinesis.CallAsync("IncreaseStreamRetentionPeriod", Of(("RetentionPeriodHours", 48)));
            await kinesis.CallAsync("SplitShard", Of(("ShardToSplit", "shardId-000000000001"), ("NewStartingHashKey", "300000000000000000000000000000000000000")));
            await Deadline.UntilAsync(async () => await kinesis.StatusAsync(Stream) == "ACTIVE", "the split is done");
            numbers = [await PutAsync(kinesis, "one"), await PutAsync(kinesis, "two"), await PutAsync(kinesis, "three")];
            horizon = await IterateAsync(kinesis, "TRIM_HORIZON");
            latest = await IterateAsync(kinesis, "LATEST");
            after = await IterateAsync(kinesis, "AFTER_SEQUENCE_NUMBER", numbers[0]);
            described = await kinesis.CallAsync("DescribeStream", Of());
        }

        await (killed ? server.KillAsync() : server.StopAsync());
        await server.RestartAsync();

        using var again = new KinesisHttp(server.Endpoint);
        (await again.CallAsync("DescribeStream", Of())).GetRawText().ShouldBe(described.GetRawText());
        var tags = (await again.CallAsync("ListTagsForStream", Of())).GetProperty("Tags");
        tags.EnumerateArray().Select(tag => $"{tag.GetProperty("Key")}={tag.GetProperty("Value")}").ShouldBe(["team=river", "tier=gold"], ignoreOrder: true);
        var fourth = await PutAsync(again, "four");
        (await ReadAsync(again, horizon)).ShouldBe([.. numbers, fourth]);
        (await ReadAsync(again, after)).ShouldBe([numbers[1], numbers[2], fourth]);
        (await ReadAsync(again, latest)).ShouldBe([fourth]);
    }

    [Fact]
    public async Task What_was_deleted_stays_deleted()
    {
        await using var server = await ServerProcess.StartAsync();
        using (var kinesis = new KinesisHttp(server.Endpoint))
        {
            await kinesis.CreateStreamAsync(Stream, shards: 1);
            await PutAsync(kinesis, "gone");
            await kinesis.CallAsync("DeleteStream", Of());
        }
        await server.KillAsync();
        await server.RestartAsync();
        using var again = new KinesisHttp(server.Endpoint);
        await Deadline.UntilAsync(
            async () => (await again.CallAsync("ListStreams", [])).GetProperty("StreamNames").GetArrayLength() == 0, "the stream is gone");
        await again.CreateStreamAsync(Stream, shards: 1);
        (await again.ReadAllAsync(Stream)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Consume_goes_on_over_restarts_and_logs_every_record_once()
    {
        await using var server = await ServerProcess.StartAsync();
        using (var kinesis = new KinesisHttp(server.Endpoint))
            await kinesis.CreateStreamAsync(Stream, shards: 2);
        await using var consume = server.Start(["consume", "--stream", Stream, "--output", "json"]);
        for (var round = 1; round <= 3; round++)
        {
            (await server.RunAsync(["produce", "--stream", Stream, "--generate", "--count", "100", "--seed", $"{round}"])).ShouldHaveExited(0);
            var expected = 100 * round;
            await Deadline.UntilAsync(() => LinesOf(consume) >= expected, $"{expected} records are logged: {consume}");
            await server.KillAsync();
            await server.RestartAsync();
        }
        consume.Interrupt();
        var result = (await consume.EndAsync()).ShouldHaveExited(130);
        result.OutputLines.Distinct().Count().ShouldBe(300);
        result.OutputLines.Length.ShouldBe(300);
    }

    private static int LinesOf(RunningProcess process) => process.Output.Count(static character => character == '\n');

    private static JsonObject Of(params (string Name, JsonNode Value)[] members)
    {
        var request = new JsonObject { ["StreamName"] = Stream };
        foreach (var (name, value) in members)
            request[name] = value;
        return request;
    }

    private static async Task<string> PutAsync(KinesisHttp kinesis, string data)
    {
        // The lowest hash key, so that all are in the first shard.
        var put = Of(("PartitionKey", "k"), ("ExplicitHashKey", "0"), ("Data", Convert.ToBase64String(Encoding.UTF8.GetBytes(data))));
        return (await kinesis.CallAsync("PutRecord", put)).GetProperty("SequenceNumber").GetString()!;
    }

    private static async Task<string> IterateAsync(KinesisHttp kinesis, string type, string? from = null)
    {
        var request = Of(("ShardId", Shard), ("ShardIteratorType", type));
        if (from is not null)
            request["StartingSequenceNumber"] = from;
        return (await kinesis.CallAsync("GetShardIterator", request)).GetProperty("ShardIterator").GetString()!;
    }

    private static async Task<List<string>> ReadAsync(KinesisHttp kinesis, string iterator)
    {
        var numbers = new List<string>();
        await foreach (var record in kinesis.ReadAsync(Shard, iterator))
            numbers.Add(record.SequenceNumber);
        return numbers;
    }
}
