using System.Net;
using Headrace.Server.Tests.AwsCbor;

namespace Headrace.Server.Tests.Kinesis.Limits;

/// <summary>A server that holds everybody to AWS's limits.</summary>
public sealed class AwsLimitsTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private ServerFixture _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerFixture.StartAsync(options => options with { EnforceLimits = true });

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task What_a_shard_does_not_take_is_told_record_by_record()
    {
        await CreateAsync("busy");
        var answer = await _server.KinesisAsync("PutRecords", Body("busy", 600_000, 100, 600_000, 200));
        answer.GetProperty("FailedRecordCount").GetInt32().ShouldBe(1);
        var entries = answer.GetProperty("Records").EnumerateArray().ToList();
        entries.Select(entry => entry.TryGetProperty("SequenceNumber", out _)).ShouldBe([true, true, false, true]);
        entries[2].EnumerateObject().Select(member => member.Name).ShouldBe(["ErrorCode", "ErrorMessage"]);
        entries[2].GetProperty("ErrorCode").GetString().ShouldBe("ProvisionedThroughputExceededException");
        entries[2].GetProperty("ErrorMessage").GetString().ShouldBe("Rate exceeded for shard shardId-000000000000 in stream busy under account 000000000000.");
        var iterator = await _server.IteratorAsync("busy", 0);
        var stored = (await _server.RecordsAsync(iterator)).GetProperty("Records").EnumerateArray().ToList();
        stored.Select(record => record.GetProperty("SequenceNumber").GetString()).ShouldBe(entries.Where((_, i) => i != 2).Select(entry => entry.GetProperty("SequenceNumber").GetString()));
        stored.Select(record => record.GetProperty("Data").GetBytesFromBase64().Length).ShouldBe([600_000, 100, 200]);
    }

    [Fact]
    public async Task The_same_in_CBOR()
    {
        await CreateAsync("busy");
        var answer = await _server.CborAsync(
            "PutRecords",
            ("Records", new[] { 600_000, 600_000, 100 }.Select(length => (object?)ServerFixtureCbor.Map(("Data", new byte[length]), ("PartitionKey", "k"))).ToList()),
            ("StreamName", "busy"));
        answer.Members["FailedRecordCount"].ShouldBe(1L);
        var entries = answer.List("Records");
        entries[0].Keys.ShouldBe(["SequenceNumber", "ShardId"]);
        entries[1]["ErrorCode"].ShouldBe("ProvisionedThroughputExceededException");
        entries[1]["ErrorMessage"].ShouldBe("Rate exceeded for shard shardId-000000000000 in stream busy under account 000000000000.");
        entries[2].Keys.ShouldBe(["SequenceNumber", "ShardId"]);
    }

    [Fact]
    public async Task A_single_record_is_refused_with_an_error()
    {
        await CreateAsync("busy");
        await _server.KinesisAsync("PutRecords", Body("busy", 1_040_000));
        var put = $$"""{"StreamName":"busy","PartitionKey":"k","Data":"{{Convert.ToBase64String(new byte[1_000_000])}}"}""";
        (await _server.KinesisErrorAsync("PutRecord", put)).ShouldBe(
            ("ProvisionedThroughputExceededException", "Rate exceeded for shard shardId-000000000000 in stream busy under account 000000000000."));
    }

    [Fact]
    public async Task An_on_demand_stream_has_the_share_of_its_four_shards()
    {
        await _server.KinesisAsync("CreateStream", """{"StreamName":"demand","StreamModeDetails":{"StreamMode":"ON_DEMAND"}}""");
        await ActiveAsync("demand");
        var quarter = UInt128.MaxValue / 4;
        var entries = Enumerable.Range(0, 4).SelectMany(shard => new[] { 800_000, 800_000 }.Select(length =>
            $$"""{"Data":"{{Convert.ToBase64String(new byte[length])}}","PartitionKey":"k","ExplicitHashKey":"{{(quarter * (UInt128)shard) + 99}}"}"""));
        var answer = await _server.KinesisAsync("PutRecords", $$"""{"StreamName":"demand","Records":[{{string.Join(',', entries)}}]}""");
        answer.GetProperty("FailedRecordCount").GetInt32().ShouldBe(4);
        answer.GetProperty("Records").EnumerateArray().Select(entry => entry.TryGetProperty("ShardId", out _)).ShouldBe([true, false, true, false, true, false, true, false]);
    }

    [Fact]
    public async Task A_shard_is_read_five_times_a_second_and_gives_five_iterators()
    {
        await CreateAsync("read");
        var iterator = await _server.IteratorAsync("read", 0);
        (await RefusalAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}"}""")).ShouldBe(
            ("ProvisionedThroughputExceededException", "Rate exceeded for shard shardId-000000000000 in stream read under account 000000000000."));
        (await RefusalAsync("GetShardIterator", """{"StreamName":"read","ShardId":"shardId-000000000000","ShardIteratorType":"LATEST"}""")).ShouldBe(
            ("ProvisionedThroughputExceededException", "Rate exceeded for shard shardId-000000000000 in stream read under account 000000000000."));
    }

    [Fact]
    public async Task Calls_have_their_rates()
    {
        await CreateAsync("calls");
        (await RefusalAsync("ListStreams", "{}")).ShouldBe(("LimitExceededException", "Rate exceeded for account 000000000000."));
        (await RefusalAsync("DescribeLimits", "{}")).ShouldBe(("LimitExceededException", "Rate exceeded for account 000000000000."));
        const string byArn = """{"StreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/calls"}""";
        (await RefusalAsync("DescribeStream", byArn)).ShouldBe(("LimitExceededException", "Rate exceeded for stream calls under account 000000000000."));
        (await RefusalAsync("ListTagsForStream", """{"StreamName":"calls"}""")).ShouldBe(("LimitExceededException", "Rate exceeded for stream calls under account 000000000000."));
        // The other stream's share is its own.
        await CreateAsync("other");
        await _server.KinesisAsync("ListTagsForStream", """{"StreamName":"other"}""");
    }

    [Fact]
    public async Task A_broken_request_is_told_so_whatever_the_rate()
    {
        for (var i = 0; i < 30; i++)
            (await _server.KinesisErrorAsync("DescribeLimits", "[]")).Type.ShouldBe("SerializationException");
    }

    [Fact]
    public async Task Subscriptions_have_their_rate()
    {
        await CreateAsync("push");
        var registered = await _server.KinesisAsync("RegisterStreamConsumer", """{"StreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/push","ConsumerName":"c"}""");
        var arn = registered.GetProperty("Consumer").GetProperty("ConsumerARN").GetString();
        await Poll.UntilAsync(async () =>
            (await _server.SendAsync("Kinesis_20131202.DescribeStreamConsumer", $$"""{"ConsumerARN":"{{arn}}"}""")).Body.ToString().Contains("ACTIVE", StringComparison.Ordinal));
        var subscribe = $$$"""{"ConsumerARN":"{{{arn}}}","ShardId":"shardId-000000000000","StartingPosition":{"Type":"AT_TIMESTAMP"}}""";
        var dryRun = $$$"""{"ConsumerARN":"{{{arn}}}","ShardId":"shardId-000000000000","StartingPosition":{"Type":"LATEST"},"DryRun":true}""";
        (await _server.KinesisErrorAsync("SubscribeToShard", subscribe)).Type.ShouldBe("InvalidArgumentException");
        var waited = DateTime.UtcNow + Deadline;
        string type;
        while ((type = (await _server.KinesisErrorAsync("SubscribeToShard", dryRun)).Type) == "DryRunOperationException")
            DateTime.UtcNow.ShouldBeLessThan(waited);
        type.ShouldBe("LimitExceededException");
    }

    private static string Body(string stream, params int[] lengths)
    {
        var entries = lengths.Select(length => $$"""{"Data":"{{Convert.ToBase64String(new byte[length])}}","PartitionKey":"k"}""");
        return $$"""{"StreamName":"{{stream}}","Records":[{{string.Join(',', entries)}}]}""";
    }

    /// <summary>Calls until it is refused, which is soon where a second has few calls.</summary>
    private async Task<(string Type, string Message)> RefusalAsync(string operation, string json)
    {
        var deadline = DateTime.UtcNow + Deadline;
        while (true)
        {
            var (status, body) = await _server.SendAsync($"Kinesis_20131202.{operation}", json);
            if (status != HttpStatusCode.OK)
                return (body.GetProperty("__type").GetString()!, body.GetProperty("message").GetString()!);
            DateTime.UtcNow.ShouldBeLessThan(deadline);
        }
    }

    private async Task CreateAsync(string name)
    {
        await _server.KinesisAsync("CreateStream", $$"""{"StreamName":"{{name}}","ShardCount":1}""");
        await ActiveAsync(name);
    }

    /// <summary>Waits until a stream is ACTIVE, on the calls that are left.</summary>
    private Task ActiveAsync(string name) => Poll.UntilAsync(async () =>
    {
        var (status, body) = await _server.SendAsync("Kinesis_20131202.DescribeStreamSummary", $$"""{"StreamName":"{{name}}"}""");
        return status == HttpStatusCode.OK && body.GetProperty("StreamDescriptionSummary").GetProperty("StreamStatus").GetString() == "ACTIVE";
    });
}
