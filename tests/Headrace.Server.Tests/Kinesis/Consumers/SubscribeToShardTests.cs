using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Headrace.Server.Tests.EventStream;

namespace Headrace.Server.Tests.Kinesis.Consumers;

public sealed class SubscribeToShardTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Horizon = """{"Type":"TRIM_HORIZON"}""";
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    public void Dispose() => _deadline.Dispose();

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Records_are_pushed_as_they_come(string http)
    {
        var arn = await RegisterAsync($"push-{http}", "c");
        await PutAsync($"push-{http}", "before");
        await using var events = await SubscribeAsync(arn, Horizon, http);
        (await NextAsync(events)).Records.ShouldBe(["before"]);
        await PutAsync($"push-{http}", "after");
        var pushed = await NextAsync(events);
        pushed.Records.ShouldBe(["after"]);
        pushed.Headers[":content-type"].ShouldBe("application/x-amz-json-1.1");
        var record = pushed.Json.GetProperty("Records")[0];
        record.GetProperty("PartitionKey").GetString().ShouldBe("k \"1\"");
        record.GetProperty("ApproximateArrivalTimestamp").GetDouble().ShouldBeGreaterThan(1_700_000_000);
        pushed.Json.GetProperty("ContinuationSequenceNumber").GetString().ShouldBe(record.GetProperty("SequenceNumber").GetString());
        pushed.Json.GetProperty("MillisBehindLatest").GetInt64().ShouldBe(0);
        pushed.Json.TryGetProperty("ChildShards", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_backlog_larger_than_an_event_comes_whole_and_in_order()
    {
        var arn = await RegisterAsync("backlog", "c");
        var sent = Enumerable.Range(0, 40).Select(n => $"{n}-" + new string((char)('a' + (n % 26)), 200_000)).Append(new string('z', 1_000_000)).ToList();
        foreach (var data in sent)
            await PutAsync("backlog", data);
        await using var events = await SubscribeAsync(arn, Horizon);
        var found = new List<string>();
        var frames = 0;
        while (found.Count < sent.Count)
        {
            var pushed = await NextAsync(events);
            frames++;
            found.AddRange(pushed.Records);
            pushed.Payload.Length.ShouldBeLessThan(2_000_000);
            (pushed.Json.GetProperty("MillisBehindLatest").GetInt64() > 0).ShouldBe(found.Count < sent.Count);
        }
        found.ShouldBe(sent);
        frames.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task The_shards_end_lists_its_children_and_closes_the_stream()
    {
        var arn = await RegisterAsync("ends", "c");
        await PutAsync("ends", "last");
        await using var events = await SubscribeAsync(arn, Horizon);
        (await NextAsync(events)).Records.ShouldBe(["last"]);
        await server.KinesisAsync("SplitShard", """{"StreamName":"ends","ShardToSplit":"shardId-000000000000","NewStartingHashKey":"170141183460469231731687303715884105728"}""");
        var pushed = (await NextAsync(events)).Json;
        pushed.GetProperty("Records").GetArrayLength().ShouldBe(0);
        pushed.TryGetProperty("ContinuationSequenceNumber", out _).ShouldBeFalse();
        var children = pushed.GetProperty("ChildShards").EnumerateArray().ToList();
        children.Select(child => child.GetProperty("ShardId").GetString()).ShouldBe(["shardId-000000000001", "shardId-000000000002"]);
        children[0].GetProperty("ParentShards")[0].GetString().ShouldBe("shardId-000000000000");
        (await ReceivedFrame.ReadAsync(events, _deadline.Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_deregistered_consumer_is_told_so()
    {
        var arn = await RegisterAsync("gone", "c");
        await using var events = await SubscribeAsync(arn, Horizon);
        await server.KinesisAsync("DeregisterStreamConsumer", $$"""{"ConsumerARN":"{{arn}}"}""");
        var frame = await NextAsync(events, "ResourceNotFoundException");
        frame.Headers[":message-type"].ShouldBe("exception");
        frame.Json.GetProperty("message").GetString().ShouldBe("Consumer c, account 000000000000 not found.");
        (await ReceivedFrame.ReadAsync(events, _deadline.Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_stopping_server_ends_the_stream_without_waiting()
    {
        var arn = await RegisterAsync("stops", "c");
        await using var events = await SubscribeAsync(arn, Horizon);
        await server.RestartAsync();
        (await ReceivedFrame.ReadAsync(events, _deadline.Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_dry_run_is_checked_and_subscribes_nobody()
    {
        var arn = await RegisterAsync("dry", "c");
        var request = $$"""{"ConsumerARN":"{{arn}}","ShardId":"shardId-000000000000","StartingPosition":{{Horizon}},"DryRun":true}""";
        (await server.KinesisErrorAsync("SubscribeToShard", request)).Type.ShouldBe("DryRunOperationException");
        (await server.KinesisErrorAsync("SubscribeToShard", request.Replace("000000000000\",\"St", "000000000009\",\"St"))).Type.ShouldBe("ResourceNotFoundException");
        await using var events = await SubscribeAsync(arn, Horizon);
        (await server.KinesisErrorAsync("SubscribeToShard", request)).Type.ShouldBe("ResourceInUseException");
    }

    [Fact]
    public async Task What_is_wrong_before_the_push_is_an_ordinary_error()
    {
        var arn = await RegisterAsync("wrong", "c");
        async Task<string> ErrorAsync(string shard, string start) =>
            (await server.KinesisErrorAsync("SubscribeToShard", $$"""{"ConsumerARN":"{{arn}}","ShardId":"{{shard}}","StartingPosition":{{start}}}""")).Type;
        (await ErrorAsync("shardId-000000000007", Horizon)).ShouldBe("ResourceNotFoundException");
        (await ErrorAsync("shardId-000000000000", """{"Type":"AT_TIMESTAMP"}""")).ShouldBe("InvalidArgumentException");
        (await ErrorAsync("shardId-000000000000", """{"Type":"AFTER_SEQUENCE_NUMBER"}""")).ShouldBe("InvalidArgumentException");
        (await ErrorAsync("shardId-000000000000", """{"Type":"AT_SEQUENCE_NUMBER","SequenceNumber":"1"}""")).ShouldBe("InvalidArgumentException");
        (await ErrorAsync("shardId-000000000000", """{"Type":"AT_TIMESTAMP","Timestamp":99999999999}""")).ShouldBe("InvalidArgumentException");
        await using var events = await SubscribeAsync(arn, Horizon);
        (await ErrorAsync("shardId-000000000000", Horizon)).ShouldBe("ResourceInUseException");
    }

    private async Task<string> RegisterAsync(string stream, string name)
    {
        await server.CreateStreamAsync(stream, 1);
        var answer = await server.KinesisAsync("RegisterStreamConsumer", $$"""{"StreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/{{stream}}","ConsumerName":"{{name}}"}""");
        var arn = answer.GetProperty("Consumer").GetProperty("ConsumerARN").GetString()!;
        await Poll.UntilAsync(async () =>
        {
            var described = await server.KinesisAsync("DescribeStreamConsumer", $$"""{"ConsumerARN":"{{arn}}"}""");
            return described.GetProperty("ConsumerDescription").GetProperty("ConsumerStatus").GetString() == "ACTIVE";
        });
        return arn;
    }

    private Task PutAsync(string stream, string data) => server.KinesisAsync(
        "PutRecord",
        JsonSerializer.Serialize(new Dictionary<string, string> { ["StreamName"] = stream, ["PartitionKey"] = "k \"1\"", ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(data)) }));

    /// <summary>Subscribes to shard 0; the stream that is returned stands behind the initial response.</summary>
    private async Task<Stream> SubscribeAsync(string arn, string start, string http = "1.1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Version = Version.Parse(http),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(
                $$"""{"ConsumerARN":"{{arn}}","ShardId":"shardId-000000000000","StartingPosition":{{start}}}""",
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/x-amz-json-1.1")),
        };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "Kinesis_20131202.SubscribeToShard");
        var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _deadline.Token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Version.ToString().ShouldBe(http);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/vnd.amazon.eventstream");
        var events = await response.Content.ReadAsStreamAsync();
        var first = await ReceivedFrame.ReadAsync(events, _deadline.Token);
        first!.Kind.ShouldBe("initial-response");
        Encoding.UTF8.GetString(first.Payload).ShouldBe("{}");
        return events;
    }

    /// <summary>The next frame that isn't a heartbeat.</summary>
    private async Task<ReceivedFrame> NextAsync(Stream events, string kind = "SubscribeToShardEvent")
    {
        while (true)
        {
            var frame = await ReceivedFrame.ReadAsync(events, _deadline.Token);
            if (frame!.Kind == "SubscribeToShardEvent" && !frame.Records.Any() && !frame.Json.TryGetProperty("ChildShards", out _))
                continue;
            frame.Kind.ShouldBe(kind);
            return frame;
        }
    }
}
