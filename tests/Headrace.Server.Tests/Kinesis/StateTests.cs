using System.Net;
using System.Text.Json;

namespace Headrace.Server.Tests.Kinesis;

/// <summary>What each operation makes of a stream or consumer that is on its way, on a server where no state passes by itself but by a restart.</summary>
public sealed class StateTests : IAsyncLifetime
{
    private const string Stream = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
    private const string Policy = """{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"kinesis:PutRecord\",\"Resource\":\"arn:aws:kinesis:us-east-1:000000000000:stream/s\"}]}""";

    /// <summary>Operations that want the stream ACTIVE.</summary>
    private static readonly (string Operation, string Json)[] OnlyActive =
    [
        ("SplitShard", """{"StreamName":"s","ShardToSplit":"shardId-000000000001","NewStartingHashKey":"255211775190703847597530955573826158593"}"""),
        ("MergeShards", """{"StreamName":"s","ShardToMerge":"shardId-000000000000","AdjacentShardToMerge":"shardId-000000000001"}"""),
        ("UpdateShardCount", """{"StreamName":"s","TargetShardCount":3,"ScalingType":"UNIFORM_SCALING"}"""),
        ("UpdateStreamMode", $$$"""{"StreamARN":"{{{Stream}}}","StreamModeDetails":{"StreamMode":"ON_DEMAND"}}"""),
        ("UpdateMaxRecordSize", $$"""{"StreamARN":"{{Stream}}","MaxRecordSizeInKiB":2048}"""),
        ("StartStreamEncryption", """{"StreamName":"s","EncryptionType":"KMS","KeyId":"alias/aws/kinesis"}"""),
        ("StopStreamEncryption", """{"StreamName":"s","EncryptionType":"KMS","KeyId":"alias/aws/kinesis"}"""),
        ("IncreaseStreamRetentionPeriod", """{"StreamName":"s","RetentionPeriodHours":48}"""),
        ("DecreaseStreamRetentionPeriod", """{"StreamName":"s","RetentionPeriodHours":24}"""),
        ("EnableEnhancedMonitoring", """{"StreamName":"s","ShardLevelMetrics":["ALL"]}"""),
        ("DisableEnhancedMonitoring", """{"StreamName":"s","ShardLevelMetrics":["ALL"]}"""),
    ];

    /// <summary>Operations that do with one that is UPDATING.</summary>
    private static readonly (string Operation, string Json)[] OnlyServing =
    [
        ("RegisterStreamConsumer", $$"""{"StreamARN":"{{Stream}}","ConsumerName":"c"}"""),
        ("PutResourcePolicy", $$"""{"ResourceARN":"{{Stream}}","Policy":"{{Policy}}"}"""),
        ("DeleteResourcePolicy", $$"""{"ResourceARN":"{{Stream}}"}"""),
        ("ListShards", """{"StreamName":"s"}"""),
    ];

    /// <summary>Operations for which a stream that isn't serving isn't there.</summary>
    private static readonly (string Operation, string Json, string Message)[] Data =
    [
        ("PutRecord", """{"StreamName":"s","PartitionKey":"k","Data":"eA=="}""", "Stream s under account 000000000000 not found."),
        ("PutRecords", """{"StreamName":"s","Records":[{"PartitionKey":"k","Data":"eA=="}]}""", "Stream s under account 000000000000 not found."),
        ("GetShardIterator", """{"StreamName":"s","ShardId":"shardId-000000000000","ShardIteratorType":"LATEST"}""", "Shard shardId-000000000000 in stream s under account 000000000000 does not exist"),
    ];

    /// <summary>Operations that work in every state.</summary>
    private static readonly (string Operation, string Json)[] Always =
    [
        ("DescribeStream", """{"StreamName":"s"}"""),
        ("DescribeStreamSummary", """{"StreamName":"s"}"""),
        ("ListStreams", "{}"),
        ("ListStreamConsumers", $$"""{"StreamARN":"{{Stream}}"}"""),
        ("AddTagsToStream", """{"StreamName":"s","Tags":{"a":"b"}}"""),
        ("ListTagsForStream", """{"StreamName":"s"}"""),
        ("RemoveTagsFromStream", """{"StreamName":"s","TagKeys":["a"]}"""),
        ("ListTagsForResource", $$"""{"ResourceARN":"{{Stream}}"}"""),
        ("GetResourcePolicy", $$"""{"ResourceARN":"{{Stream}}"}"""),
    ];

    private ServerFixture _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFixture.StartAsync(options => options with { StateDelay = TimeSpan.FromMinutes(10) });
        await _server.KinesisAsync("CreateStream", """{"StreamName":"s","ShardCount":2}""");
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_stream_that_is_CREATING()
    {
        await ShouldBeInUseAsync("CREATING");
        foreach (var (operation, json, message) in Data)
            (await _server.KinesisErrorAsync(operation, json)).ShouldBe(("ResourceNotFoundException", message), operation);
        (await DescribeAsync()).GetProperty("Shards").GetArrayLength().ShouldBe(0);
        await ShouldAlwaysWorkAsync();
        (await _server.KinesisErrorAsync("CreateStream", """{"StreamName":"s","ShardCount":2}""")).ShouldBe(
            ("ResourceInUseException", "Stream s under account 000000000000 already exists."));
    }

    [Fact]
    public async Task A_stream_that_is_UPDATING_serves_and_refuses_other_changes()
    {
        await _server.RestartAsync();
        (await DescribeAsync()).GetProperty("StreamStatus").GetString().ShouldBe("ACTIVE");
        await _server.KinesisAsync("SplitShard", """{"StreamName":"s","ShardToSplit":"shardId-000000000000","NewStartingHashKey":"85070591730234615865843651857942052864"}""");
        (await DescribeAsync()).GetProperty("StreamStatus").GetString().ShouldBe("UPDATING");
        foreach (var (operation, json) in OnlyActive)
        {
            if (operation != "MergeShards")
                (await _server.KinesisErrorAsync(operation, json)).ShouldBe(InUse("not ACTIVE", "UPDATING"), operation);
        }
        (await _server.KinesisErrorAsync("MergeShards", """{"StreamName":"s","ShardToMerge":"shardId-000000000002","AdjacentShardToMerge":"shardId-000000000003"}""")).ShouldBe(InUse("not ACTIVE", "UPDATING"));
        foreach (var (operation, json) in OnlyServing)
            await _server.KinesisAsync(operation, json);
        foreach (var (operation, json, _) in Data)
            await _server.KinesisAsync(operation, json);
        await ShouldAlwaysWorkAsync();
    }

    [Fact]
    public async Task What_is_wrong_with_the_shards_is_told_before_the_state()
    {
        await _server.RestartAsync();
        await _server.KinesisAsync("UpdateMaxRecordSize", $$"""{"StreamARN":"{{Stream}}","MaxRecordSizeInKiB":2048}""");
        (await _server.KinesisErrorAsync("SplitShard", """{"StreamName":"s","ShardToSplit":"shardId-000000000009","NewStartingHashKey":"5"}""")).Type.ShouldBe("ResourceNotFoundException");
        (await _server.KinesisErrorAsync("SplitShard", """{"StreamName":"s","ShardToSplit":"shardId-000000000000","NewStartingHashKey":"0"}""")).Type.ShouldBe("InvalidArgumentException");
        (await _server.KinesisErrorAsync("MergeShards", """{"StreamName":"s","ShardToMerge":"shardId-000000000000","AdjacentShardToMerge":"shardId-000000000009"}""")).Type.ShouldBe("ResourceNotFoundException");
        (await _server.KinesisErrorAsync("MergeShards", """{"StreamName":"s","ShardToMerge":"shardId-000000000000","AdjacentShardToMerge":"shardId-000000000000"}""")).Type.ShouldBe("InvalidArgumentException");
    }

    [Fact]
    public async Task A_stream_that_is_DELETING()
    {
        await _server.RestartAsync();
        var iterator = await _server.IteratorAsync("s", 0);
        await _server.KinesisAsync("DeleteStream", """{"StreamName":"s"}""");
        (await DescribeAsync()).GetProperty("StreamStatus").GetString().ShouldBe("DELETING");
        await ShouldBeInUseAsync("DELETING");
        foreach (var (operation, json, message) in Data)
            (await _server.KinesisErrorAsync(operation, json)).ShouldBe(("ResourceNotFoundException", message), operation);
        (await _server.KinesisErrorAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}"}""")).Type.ShouldBe("ResourceNotFoundException");
        (await _server.KinesisErrorAsync("CreateStream", """{"StreamName":"s","ShardCount":2}""")).Type.ShouldBe("ResourceInUseException");
        await ShouldAlwaysWorkAsync();
        await _server.RestartAsync();
        (await _server.KinesisErrorAsync("DescribeStream", """{"StreamName":"s"}""")).ShouldBe(("ResourceNotFoundException", "Stream s under account 000000000000 not found."));
    }

    [Fact]
    public async Task A_consumer_on_its_way_takes_no_subscription()
    {
        await _server.RestartAsync();
        var consumer = (await _server.KinesisAsync("RegisterStreamConsumer", $$"""{"StreamARN":"{{Stream}}","ConsumerName":"c"}""")).GetProperty("Consumer");
        consumer.GetProperty("ConsumerStatus").GetString().ShouldBe("CREATING");
        var arn = consumer.GetProperty("ConsumerARN").GetString()!;
        var notActive = ("ResourceInUseException", $"Consumer c with creation timestamp {arn.Split(':')[^1]} under stream: s , account 000000000000 is not in ACTIVE status.");
        (await SubscribeAsync(arn)).ShouldBe(notActive);
        (await _server.KinesisErrorAsync("RegisterStreamConsumer", $$"""{"StreamARN":"{{Stream}}","ConsumerName":"c"}""")).ShouldBe(
            ("ResourceInUseException", "Consumer c under stream s already exists for account 000000000000."));
        await _server.RestartAsync();
        (await StatusAsync(arn)).ShouldBe("ACTIVE");
        (await SubscribeAsync(arn)).Type.ShouldBe("DryRunOperationException");
        await _server.KinesisAsync("DeregisterStreamConsumer", $$"""{"ConsumerARN":"{{arn}}"}""");
        (await StatusAsync(arn)).ShouldBe("DELETING");
        (await SubscribeAsync(arn)).ShouldBe(notActive);
        await _server.RestartAsync();
        (await _server.KinesisErrorAsync("DescribeStreamConsumer", $$"""{"ConsumerARN":"{{arn}}"}""")).Type.ShouldBe("ResourceNotFoundException");
    }

    private static (string Type, string Message) InUse(string not, string state) =>
        ("ResourceInUseException", $"Stream s under account 000000000000 {not}, instead in state {state}");

    private async Task ShouldBeInUseAsync(string state)
    {
        foreach (var (operation, json) in OnlyActive)
            (await _server.KinesisErrorAsync(operation, json)).ShouldBe(InUse("not ACTIVE", state), operation);
        foreach (var (operation, json) in OnlyServing)
            (await _server.KinesisErrorAsync(operation, json)).ShouldBe(InUse("not ACTIVE or UPDATING", state), operation);
    }

    private async Task ShouldAlwaysWorkAsync()
    {
        foreach (var (operation, json) in Always)
        {
            var (status, body) = await _server.SendAsync($"Kinesis_20131202.{operation}", json);
            status.ShouldBe(HttpStatusCode.OK, $"{operation}: {body}");
        }
    }

    private async Task<JsonElement> DescribeAsync() => (await _server.KinesisAsync("DescribeStream", """{"StreamName":"s"}""")).GetProperty("StreamDescription");

    private async Task<string?> StatusAsync(string consumerArn) =>
        (await _server.KinesisAsync("DescribeStreamConsumer", $$"""{"ConsumerARN":"{{consumerArn}}"}""")).GetProperty("ConsumerDescription").GetProperty("ConsumerStatus").GetString();

    private Task<(string Type, string Message)> SubscribeAsync(string consumerArn) => _server.KinesisErrorAsync(
        "SubscribeToShard",
        $$$"""{"ConsumerARN":"{{{consumerArn}}}","ShardId":"shardId-000000000000","StartingPosition":{"Type":"LATEST"},"DryRun":true}""");
}
