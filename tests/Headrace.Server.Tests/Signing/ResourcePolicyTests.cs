using System.Net;
using System.Text.Json;

namespace Headrace.Server.Tests.Signing;

/// <summary>Where signatures tell who calls, another account's streams are reached by their policies alone.</summary>
public sealed class ResourcePolicyTests(KeyedServerFixture server) : IClassFixture<KeyedServerFixture>
{
    private const string Owner = "000000000000";
    private const string Guest = KeyedServerFixture.AccountKey;

    [Fact]
    public async Task A_guest_may_do_what_the_policy_allows_and_no_more()
    {
        var arn = await CreateAsync("shared");
        var put = $$"""{"StreamARN":"{{arn}}","PartitionKey":"k","Data":"QQ=="}""";
        (await ErrorAsync("PutRecord", put, Guest)).ShouldBe((
            "AccessDeniedException",
            $"User: arn:aws:iam::{Guest}:root is not authorized to perform: kinesis:PutRecord on resource: {arn} because no resource-based policy allows the kinesis:PutRecord action"));

        await PolicyAsync(arn, $$"""[{"Effect":"Allow","Principal":{"AWS":"{{Guest}}"},"Action":["kinesis:PutRecord","kinesis:GetShardIterator"],"Resource":"{{arn}}"}]""");
        await OkAsync("PutRecord", put, Guest);
        var iterator = (await OkAsync("GetShardIterator", $$"""{"StreamARN":"{{arn}}","ShardId":"shardId-000000000000","ShardIteratorType":"TRIM_HORIZON"}""", Guest)).GetProperty("ShardIterator").GetString();
        (await ErrorAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}"}""", Guest)).Type.ShouldBe("AccessDeniedException");
        (await OkAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}"}""")).GetProperty("Records").GetArrayLength().ShouldBe(1);
        (await ErrorAsync("DeleteStream", $$"""{"StreamARN":"{{arn}}"}""", Guest)).Type.ShouldBe("AccessDeniedException");

        await OkAsync("DeleteResourcePolicy", $$"""{"ResourceARN":"{{arn}}"}""");
        (await ErrorAsync("PutRecord", put, Guest)).Type.ShouldBe("AccessDeniedException");
    }

    [Fact]
    public async Task Of_a_stream_that_is_not_there_a_guest_learns_nothing() =>
        (await ErrorAsync("DescribeStreamSummary", $$"""{"StreamARN":"arn:aws:kinesis:eu-west-1:{{Owner}}:stream/none"}""", Guest)).Type.ShouldBe("AccessDeniedException");

    [Fact]
    public async Task The_owner_can_be_denied_and_can_always_mend_the_policy()
    {
        var arn = await CreateAsync("frozen");
        await PolicyAsync(arn, $$"""[{"Effect":"Deny","Principal":"*","Action":"kinesis:*","Resource":"{{arn}}"}]""");
        var (type, message) = await ErrorAsync("PutRecord", """{"StreamName":"frozen","PartitionKey":"k","Data":""}""");
        type.ShouldBe("AccessDeniedException");
        message.ShouldEndWith("with an explicit deny in a resource-based policy");
        await OkAsync("GetResourcePolicy", $$"""{"ResourceARN":"{{arn}}"}""");
        await OkAsync("DeleteResourcePolicy", $$"""{"ResourceARN":"{{arn}}"}""");
        await OkAsync("PutRecord", """{"StreamName":"frozen","PartitionKey":"k","Data":""}""");
    }

    [Fact]
    public async Task A_consumer_has_a_policy_of_its_own()
    {
        var stream = await CreateAsync("pushed");
        var consumer = (await OkAsync("RegisterStreamConsumer", $$"""{"StreamARN":"{{stream}}","ConsumerName":"c"}""")).GetProperty("Consumer").GetProperty("ConsumerARN").GetString()!;
        await Poll.UntilAsync(async () =>
            (await OkAsync("DescribeStreamConsumer", $$"""{"ConsumerARN":"{{consumer}}"}""")).GetProperty("ConsumerDescription").GetProperty("ConsumerStatus").GetString() == "ACTIVE");
        (await ErrorAsync("DescribeStreamConsumer", $$"""{"ConsumerARN":"{{consumer}}"}""", Guest)).Type.ShouldBe("AccessDeniedException");
        await PolicyAsync(consumer, $$"""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Guest}}:root"},"Action":"kinesis:DescribeStreamConsumer","Resource":"{{consumer}}"}""");
        await OkAsync("DescribeStreamConsumer", $$"""{"ConsumerARN":"{{consumer}}"}""", Guest);
        (await ErrorAsync("SubscribeToShard", $$$"""{"ConsumerARN":"{{{consumer}}}","ShardId":"shardId-000000000000","StartingPosition":{"Type":"LATEST"}}""", Guest)).Type.ShouldBe("AccessDeniedException");
    }

    private async Task<string> CreateAsync(string name)
    {
        await OkAsync("CreateStream", $$"""{"StreamName":"{{name}}","ShardCount":1}""");
        await Poll.UntilAsync(async () => (await SummaryAsync(name)).GetProperty("StreamStatus").GetString() == "ACTIVE");
        return (await SummaryAsync(name)).GetProperty("StreamARN").GetString()!;
    }

    private async Task<JsonElement> SummaryAsync(string name) =>
        (await OkAsync("DescribeStreamSummary", $$"""{"StreamName":"{{name}}"}""")).GetProperty("StreamDescriptionSummary");

    private Task PolicyAsync(string arn, string statement) => OkAsync(
        "PutResourcePolicy", JsonSerializer.Serialize(new Dictionary<string, string> { ["ResourceARN"] = arn, ["Policy"] = $"{{\"Version\":\"2012-10-17\",\"Statement\":{statement}}}" }));

    private async Task<JsonElement> OkAsync(string operation, string json, string key = KeyedServerFixture.AccessKey)
    {
        var (status, body) = await SendAsync(operation, json, key);
        status.ShouldBe(HttpStatusCode.OK, $"{operation}: {body}");
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement.Clone();
    }

    private async Task<(string Type, string Message)> ErrorAsync(string operation, string json, string key = KeyedServerFixture.AccessKey)
    {
        var (status, body) = await SendAsync(operation, json, key);
        status.ShouldBe(HttpStatusCode.BadRequest, $"{operation}: {body}");
        using var error = JsonDocument.Parse(body);
        return (error.RootElement.GetProperty("__type").GetString()!, error.RootElement.GetProperty("message").GetString()!);
    }

    private Task<(HttpStatusCode Status, string Body)> SendAsync(string operation, string json, string key) => server.SendAsync(
        "kinesis", HttpMethod.Post, "/", json, key, KeyedServerFixture.Secret, [("X-Amz-Target", $"Kinesis_20131202.{operation}"), ("Content-Type", "application/x-amz-json-1.1")]);
}
