using System.Text.Json;

namespace Headrace.Server.Tests.Kinesis.Settings;

public sealed class StreamSettingsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_stream_is_scaled_evenly()
    {
        await server.CreateStreamAsync("scaled", 2);
        var put = await server.KinesisAsync("PutRecord", """{"StreamName":"scaled","Data":"","PartitionKey":"k","ExplicitHashKey":"0"}""");
        put.GetProperty("ShardId").GetString().ShouldBe("shardId-000000000000");
        var update = await server.KinesisAsync("UpdateShardCount", """{"StreamName":"scaled","TargetShardCount":3,"ScalingType":"UNIFORM_SCALING"}""");
        update.GetProperty("CurrentShardCount").GetInt32().ShouldBe(2);
        update.GetProperty("TargetShardCount").GetInt32().ShouldBe(3);
        update.GetProperty("StreamName").GetString().ShouldBe("scaled");
        update.GetProperty("StreamARN").GetString()!.ShouldEndWith(":stream/scaled");
        await server.WaitForStatusAsync("scaled", "ACTIVE");
        (await SummaryAsync("scaled")).GetProperty("OpenShardCount").GetInt32().ShouldBe(3);

        // From the drained parent, a reader is led to its children.
        var read = await server.RecordsAsync(await server.IteratorAsync("scaled", 0));
        read.GetProperty("Records").GetArrayLength().ShouldBe(1);
        read.TryGetProperty("NextShardIterator", out _).ShouldBeFalse();
        read.GetProperty("ChildShards").EnumerateArray().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(5, "up over double")]
    [InlineData(0, null)]
    public async Task Scaling_goes_in_steps(int target, string? refusal)
    {
        await server.CreateStreamAsync($"steps-{target}", 2);
        var (type, message) = await server.KinesisErrorAsync("UpdateShardCount", $$"""{"StreamName":"steps-{{target}}","TargetShardCount":{{target}},"ScalingType":"UNIFORM_SCALING"}""");
        if (refusal is null)
        {
            type.ShouldBe("ValidationException");
            message.ShouldBe("1 validation error detected: Value '0' at 'targetShardCount' failed to satisfy constraint: Member must have value greater than or equal to 1");
            return;
        }
        type.ShouldBe("LimitExceededException");
        message.ShouldBe($"UpdateShardCount cannot scale {refusal} your current open shard count. Current open shard count: 2 Target shard count: {target}");
    }

    [Fact]
    public async Task Scaling_below_half_is_refused()
    {
        await server.CreateStreamAsync("halves", 5);
        (await server.KinesisErrorAsync("UpdateShardCount", """{"StreamName":"halves","TargetShardCount":2,"ScalingType":"UNIFORM_SCALING"}""")).Type.ShouldBe("LimitExceededException");
        await server.KinesisAsync("UpdateShardCount", """{"StreamName":"halves","TargetShardCount":3,"ScalingType":"UNIFORM_SCALING"}""");
    }

    [Fact]
    public async Task The_mode_changes_who_scales_and_survives_a_restart()
    {
        await server.CreateStreamAsync("moded", 1);
        var arn = (await SummaryAsync("moded")).GetProperty("StreamARN").GetString();
        await server.KinesisAsync("UpdateStreamMode", $$$"""{"StreamARN":"{{{arn}}}","StreamModeDetails":{"StreamMode":"ON_DEMAND"}}""");
        await server.WaitForStatusAsync("moded", "ACTIVE");
        await server.RestartAsync();
        ModeOf(await SummaryAsync("moded")).ShouldBe("ON_DEMAND");
        var (type, message) = await server.KinesisErrorAsync("UpdateShardCount", """{"StreamName":"moded","TargetShardCount":2,"ScalingType":"UNIFORM_SCALING"}""");
        type.ShouldBe("ValidationException");
        message.ShouldContain("is in On-Demand mode");
        await server.KinesisAsync("UpdateStreamMode", $$$"""{"StreamARN":"{{{arn}}}","StreamModeDetails":{"StreamMode":"PROVISIONED"}}""");
        await server.WaitForStatusAsync("moded", "ACTIVE");
        ModeOf(await SummaryAsync("moded")).ShouldBe("PROVISIONED");
    }

    [Fact]
    public async Task A_larger_record_fits_once_it_is_allowed()
    {
        await server.CreateStreamAsync("large", 1);
        var arn = (await SummaryAsync("large")).GetProperty("StreamARN").GetString();
        var put = $$"""{"StreamName":"large","PartitionKey":"k","Data":"{{Convert.ToBase64String(new byte[2 << 20])}}"}""";
        (await server.KinesisErrorAsync("PutRecord", put)).Type.ShouldBe("InvalidArgumentException");
        await server.KinesisAsync("UpdateMaxRecordSize", $$"""{"StreamARN":"{{arn}}","MaxRecordSizeInKiB":4096}""");
        await server.WaitForStatusAsync("large", "ACTIVE");
        (await SummaryAsync("large")).GetProperty("MaxRecordSizeInKiB").GetInt32().ShouldBe(4096);
        await server.KinesisAsync("PutRecord", put);
    }

    [Fact]
    public async Task Metrics_are_switched_on_and_off()
    {
        await server.CreateStreamAsync("watched", 1);
        var on = await server.KinesisAsync("EnableEnhancedMonitoring", """{"StreamName":"watched","ShardLevelMetrics":["OutgoingBytes","IncomingBytes"]}""");
        Metrics(on, "CurrentShardLevelMetrics").ShouldBeEmpty();
        Metrics(on, "DesiredShardLevelMetrics").ShouldBe(["IncomingBytes", "OutgoingBytes"]);
        var all = await server.KinesisAsync("EnableEnhancedMonitoring", """{"StreamName":"watched","ShardLevelMetrics":["ALL"]}""");
        Metrics(all, "CurrentShardLevelMetrics").Count.ShouldBe(2);
        Metrics(all, "DesiredShardLevelMetrics").Count.ShouldBe(7);
        await server.RestartAsync();
        var off = await server.KinesisAsync("DisableEnhancedMonitoring", """{"StreamName":"watched","ShardLevelMetrics":["IncomingBytes"]}""");
        Metrics(off, "CurrentShardLevelMetrics").Count.ShouldBe(7);
        Metrics((await SummaryAsync("watched")).GetProperty("EnhancedMonitoring")[0], "ShardLevelMetrics").ShouldBe(Metrics(off, "DesiredShardLevelMetrics"));
    }

    [Theory]
    [InlineData("UpdateShardCount", """{"StreamName":"s","ScalingType":"UNIFORM_SCALING"}""", "Value null at 'targetShardCount' failed to satisfy constraint: Member must not be null")]
    [InlineData("UpdateShardCount", """{"StreamName":"s","TargetShardCount":1}""", "Value null at 'scalingType' failed to satisfy constraint: Member must not be null")]
    [InlineData("UpdateShardCount", """{"StreamName":"s","TargetShardCount":1,"ScalingType":"OTHER"}""", "Value 'OTHER' at 'scalingType' failed to satisfy constraint: Member must satisfy enum value set: [UNIFORM_SCALING]")]
    [InlineData("UpdateStreamMode", """{"StreamModeDetails":{"StreamMode":"ON_DEMAND"}}""", "Value null at 'streamARN' failed to satisfy constraint: Member must not be null")]
    [InlineData("UpdateStreamMode", """{"StreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/s"}""", "Value null at 'streamModeDetails' failed to satisfy constraint: Member must not be null")]
    [InlineData("UpdateStreamMode", """{"StreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/s","StreamModeDetails":{"StreamMode":"X"}}""", "Value 'X' at 'streamModeDetails.streamMode' failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, ON_DEMAND]")]
    [InlineData("UpdateMaxRecordSize", """{"StreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/s","MaxRecordSizeInKiB":1023}""", "Value '1023' at 'maxRecordSizeInKiB' failed to satisfy constraint: Member must have value greater than or equal to 1024")]
    [InlineData("UpdateMaxRecordSize", """{"StreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/s","MaxRecordSizeInKiB":10241}""", "Value '10241' at 'maxRecordSizeInKiB' failed to satisfy constraint: Member must have value less than or equal to 10240")]
    [InlineData("EnableEnhancedMonitoring", """{"StreamName":"s"}""", "Value null at 'shardLevelMetrics' failed to satisfy constraint: Member must not be null")]
    [InlineData("DisableEnhancedMonitoring", """{"StreamName":"s","ShardLevelMetrics":[]}""", "Value '[]' at 'shardLevelMetrics' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    public async Task Broken_constraints_are_named(string operation, string json, string fault)
    {
        var (type, message) = await server.KinesisErrorAsync(operation, json);
        type.ShouldBe("ValidationException");
        message.ShouldBe($"1 validation error detected: {fault}");
    }

    [Theory]
    [InlineData("UpdateShardCount", "\"StreamName\":\"nobody\",\"TargetShardCount\":1,\"ScalingType\":\"UNIFORM_SCALING\"")]
    [InlineData("UpdateStreamMode", "\"StreamARN\":\"arn:aws:kinesis:us-east-1:000000000000:stream/nobody\",\"StreamModeDetails\":{\"StreamMode\":\"ON_DEMAND\"}")]
    [InlineData("UpdateMaxRecordSize", "\"StreamARN\":\"arn:aws:kinesis:us-east-1:000000000000:stream/nobody\",\"MaxRecordSizeInKiB\":2048")]
    [InlineData("EnableEnhancedMonitoring", "\"StreamName\":\"nobody\",\"ShardLevelMetrics\":[\"ALL\"]")]
    [InlineData("DisableEnhancedMonitoring", "\"StreamName\":\"nobody\",\"ShardLevelMetrics\":[\"ALL\"]")]
    public async Task A_stream_that_is_not_there_is_not_found(string operation, string members)
    {
        var (type, message) = await server.KinesisErrorAsync(operation, $"{{{members}}}");
        type.ShouldBe("ResourceNotFoundException");
        message.ShouldBe("Stream nobody under account 000000000000 not found.");
    }

    private async Task<JsonElement> SummaryAsync(string stream) =>
        (await server.KinesisAsync("DescribeStreamSummary", $$"""{"StreamName":"{{stream}}"}""")).GetProperty("StreamDescriptionSummary");

    private static string? ModeOf(JsonElement summary) => summary.GetProperty("StreamModeDetails").GetProperty("StreamMode").GetString();

    private static List<string?> Metrics(JsonElement element, string member) => [.. element.GetProperty(member).EnumerateArray().Select(metric => metric.GetString())];
}
