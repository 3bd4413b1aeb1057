using System.Text.Json;

namespace Headrace.Server.Tests.Kinesis.Settings;

/// <summary>What on-demand streams alone have.</summary>
public sealed class OnDemandTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Warm_throughput_opens_shards_and_closes_them_again()
    {
        await CreateAsync("warm", "\"WarmThroughputMiBps\":10");
        var summary = await SummaryAsync("warm");
        summary.GetProperty("OpenShardCount").GetInt32().ShouldBe(10);
        Throughput(summary).ShouldBe((10, 10));

        var more = await server.KinesisAsync("UpdateStreamWarmThroughput", """{"StreamName":"warm","WarmThroughputMiBps":25}""");
        more.GetProperty("StreamName").GetString().ShouldBe("warm");
        more.GetProperty("StreamARN").GetString().ShouldBe(Arn("warm"));
        more.GetProperty("WarmThroughput").GetProperty("TargetMiBps").GetInt32().ShouldBe(25);
        await server.WaitForStatusAsync("warm", "ACTIVE");
        await server.RestartAsync();
        Throughput(await SummaryAsync("warm")).ShouldBe((25, 25));

        await server.KinesisAsync("UpdateStreamWarmThroughput", $$"""{"StreamARN":"{{Arn("warm")}}","WarmThroughputMiBps":0}""");
        await server.WaitForStatusAsync("warm", "ACTIVE");
        Throughput(await SummaryAsync("warm")).ShouldBe((0, 4));
    }

    [Fact]
    public async Task A_stream_may_become_warm_as_it_becomes_on_demand()
    {
        await server.CreateStreamAsync("becoming", 1);
        await ModeAsync("becoming", "ON_DEMAND", ",\"WarmThroughputMiBps\":6");
        Throughput(await SummaryAsync("becoming")).ShouldBe((6, 6));
        await ModeAsync("becoming", "PROVISIONED");
        var summary = await SummaryAsync("becoming");
        summary.TryGetProperty("WarmThroughput", out _).ShouldBeFalse();
        summary.TryGetProperty("RecordDistributionStrategy", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Limits_of_warm_throughput()
    {
        await server.CreateStreamAsync("cold", 1);
        (await server.KinesisErrorAsync("UpdateStreamWarmThroughput", """{"StreamName":"cold","WarmThroughputMiBps":5}""")).Type.ShouldBe("ValidationException");
        (await server.KinesisErrorAsync("CreateStream", """{"StreamName":"new","ShardCount":1,"WarmThroughputMiBps":5}""")).Type.ShouldBe("InvalidArgumentException");
        (await server.KinesisErrorAsync("CreateStream", """{"StreamName":"new","WarmThroughputMiBps":10241}""")).Type.ShouldBe("LimitExceededException");
        (await server.KinesisErrorAsync("CreateStream", """{"StreamName":"new","WarmThroughputMiBps":600}""")).Type.ShouldBe("LimitExceededException");
        (await server.KinesisErrorAsync("UpdateStreamWarmThroughput", """{"StreamName":"nobody","WarmThroughputMiBps":5}""")).Type.ShouldBe("ResourceNotFoundException");
        (await server.KinesisErrorAsync("UpdateStreamWarmThroughput", """{"StreamName":"cold"}"""))
            .ShouldBe(("ValidationException", "1 validation error detected: Value null at 'warmThroughputMiBps' failed to satisfy constraint: Member must not be null"));
        (await server.KinesisErrorAsync("UpdateStreamWarmThroughput", """{"StreamName":"cold","WarmThroughputMiBps":-1}"""))
            .ShouldBe(("ValidationException", "1 validation error detected: Value '-1' at 'warmThroughputMiBps' failed to satisfy constraint: Member must have value greater than or equal to 0"));
    }

    [Fact]
    public async Task A_stream_that_distributes_records_itself_needs_no_key_and_heeds_none()
    {
        await CreateAsync("auto", "\"StreamModeDetails\":{\"StreamMode\":\"ON_DEMAND\"}");
        (await SummaryAsync("auto")).GetProperty("RecordDistributionStrategy").GetString().ShouldBe("USER_PARTITION_KEY");
        (await server.KinesisErrorAsync("PutRecord", """{"StreamName":"auto","Data":"QQ=="}"""))
            .ShouldBe(("ValidationException", "1 validation error detected: Value null at 'partitionKey' failed to satisfy constraint: Member must not be null"));

        await server.KinesisAsync("UpdateStreamRecordDistributionStrategy", $$"""{"StreamARN":"{{Arn("auto")}}","RecordDistributionStrategy":"AUTO"}""");
        await server.RestartAsync();
        (await SummaryAsync("auto")).GetProperty("RecordDistributionStrategy").GetString().ShouldBe("AUTO");
        var records = string.Join(',', Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? "{\"Data\":\"QQ==\"}" : "{\"Data\":\"Qg==\",\"PartitionKey\":\"k\",\"ExplicitHashKey\":\"0\"}"));
        var put = await server.KinesisAsync("PutRecords", $$"""{"StreamName":"auto","Records":[{{records}}]}""");
        var counts = put.GetProperty("Records").EnumerateArray().CountBy(record => record.GetProperty("ShardId").GetString()!).ToList();
        counts.Count.ShouldBe(4);
        counts.ShouldAllBe(shard => shard.Value >= 8 && shard.Value <= 12);
        await server.KinesisAsync("PutRecord", $$"""{"StreamARN":"{{Arn("auto")}}","Data":"Qw==","StreamId":"abcdefghijklmnopqrst-abc"}""");

        var keys = new List<string?>();
        for (var shard = 0; shard < 4; shard++)
        {
            var read = await server.RecordsAsync(await server.IteratorAsync("auto", shard));
            keys.AddRange(read.GetProperty("Records").EnumerateArray().Select(record => record.TryGetProperty("PartitionKey", out var key) ? key.GetString() : null));
        }
        keys.Count(key => key is null).ShouldBe(21);
        keys.Count(key => key == "k").ShouldBe(20);
    }

    [Fact]
    public async Task Limits_of_record_distribution()
    {
        await server.CreateStreamAsync("keyed", 1);
        (await server.KinesisErrorAsync("UpdateStreamRecordDistributionStrategy", $$"""{"StreamARN":"{{Arn("keyed")}}","RecordDistributionStrategy":"AUTO"}""")).Type.ShouldBe("InvalidArgumentException");
        (await server.KinesisErrorAsync("UpdateStreamRecordDistributionStrategy", $$"""{"StreamARN":"{{Arn("nobody")}}","RecordDistributionStrategy":"AUTO"}""")).Type.ShouldBe("ResourceNotFoundException");
        (await server.KinesisErrorAsync("UpdateStreamRecordDistributionStrategy", $$"""{"StreamARN":"{{Arn("keyed")}}","RecordDistributionStrategy":"X"}"""))
            .ShouldBe(("ValidationException", "1 validation error detected: Value 'X' at 'recordDistributionStrategy' failed to satisfy constraint: Member must satisfy enum value set: [AUTO, USER_PARTITION_KEY]"));
        (await server.KinesisErrorAsync("CreateStream", """{"StreamName":"new","ShardCount":1,"RecordDistributionStrategy":"AUTO"}""")).Type.ShouldBe("InvalidArgumentException");
        // Of a stream that isn't there, a missing key is still the first fault.
        (await server.KinesisErrorAsync("PutRecords", """{"StreamName":"nobody","Records":[{"Data":"QQ=="}]}"""))
            .ShouldBe(("ValidationException", "1 validation error detected: Value null at 'records.1.member.partitionKey' failed to satisfy constraint: Member must not be null"));
    }

    private async Task CreateAsync(string name, string members)
    {
        await server.KinesisAsync("CreateStream", $$"""{"StreamName":"{{name}}",{{members}}}""");
        await server.WaitForStatusAsync(name, "ACTIVE");
    }

    private async Task ModeAsync(string name, string mode, string more = "")
    {
        await server.KinesisAsync("UpdateStreamMode", $$$"""{"StreamARN":"{{{Arn(name)}}}","StreamModeDetails":{"StreamMode":"{{{mode}}}"}{{{more}}}}""");
        await server.WaitForStatusAsync(name, "ACTIVE");
    }

    private static string Arn(string name) => $"arn:aws:kinesis:us-east-1:000000000000:stream/{name}";

    private static (int Target, int Current) Throughput(JsonElement summary) =>
        (summary.GetProperty("WarmThroughput").GetProperty("TargetMiBps").GetInt32(), summary.GetProperty("WarmThroughput").GetProperty("CurrentMiBps").GetInt32());

    private async Task<JsonElement> SummaryAsync(string stream) =>
        (await server.KinesisAsync("DescribeStreamSummary", $$"""{"StreamName":"{{stream}}"}""")).GetProperty("StreamDescriptionSummary");
}
