using System.Net;
using System.Text.Json;

namespace Headrace.Server.Tests.Kinesis;

public class StreamLifecycleTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_stream_is_created_described_listed_and_deleted()
    {
        await server.KinesisAsync("CreateStream", """{"StreamName":"life","ShardCount":3}""");
        await server.WaitForStatusAsync("life", "ACTIVE");
        var described = (await server.KinesisAsync("DescribeStream", """{"StreamName":"life"}""")).GetProperty("StreamDescription");
        described.GetProperty("StreamARN").GetString().ShouldBe("arn:aws:kinesis:us-east-1:000000000000:stream/life");
        described.GetProperty("Shards").GetArrayLength().ShouldBe(3);
        described.GetProperty("HasMoreShards").GetBoolean().ShouldBeFalse();
        described.GetProperty("RetentionPeriodHours").GetInt32().ShouldBe(24);
        described.GetProperty("StreamModeDetails").GetProperty("StreamMode").GetString().ShouldBe("PROVISIONED");
        Names(await server.KinesisAsync("ListStreams", "{}")).ShouldContain("life");

        await server.KinesisAsync("DeleteStream", """{"StreamName":"life"}""");
        await Poll.UntilAsync(async () => (await server.SendAsync("Kinesis_20131202.DescribeStreamSummary", """{"StreamName":"life"}""")).Status == HttpStatusCode.BadRequest);
        Names(await server.KinesisAsync("ListStreams", "{}")).ShouldNotContain("life");
    }

    [Fact]
    public async Task Without_a_shard_count_a_stream_is_on_demand_with_four_shards()
    {
        await server.KinesisAsync("CreateStream", """{"StreamName":"demand"}""");
        await server.WaitForStatusAsync("demand", "ACTIVE");
        var summary = (await server.KinesisAsync("DescribeStreamSummary", """{"StreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/demand"}""")).GetProperty("StreamDescriptionSummary");
        summary.GetProperty("OpenShardCount").GetInt32().ShouldBe(4);
        summary.GetProperty("StreamModeDetails").GetProperty("StreamMode").GetString().ShouldBe("ON_DEMAND");
    }

    [Fact]
    public async Task Shards_are_listed_in_pages()
    {
        await server.CreateStreamAsync("pages", 7);
        var seen = new List<string>();
        var request = """{"StreamName":"pages","MaxResults":3}""";
        while (true)
        {
            var page = await server.KinesisAsync("ListShards", request);
            seen.AddRange(page.GetProperty("Shards").EnumerateArray().Select(shard => shard.GetProperty("ShardId").GetString()!));
            if (!page.TryGetProperty("NextToken", out var token))
                break;
            request = JsonSerializer.Serialize(new Dictionary<string, object> { ["NextToken"] = token.GetString()!, ["MaxResults"] = 3 });
        }
        seen.ShouldBe(Enumerable.Range(0, 7).Select(index => $"shardId-{index:D12}"));
    }

    [Fact]
    public async Task Tags_are_kept_listed_in_pages_and_removed()
    {
        await server.CreateStreamAsync("tagged", 1);
        await server.KinesisAsync("AddTagsToStream", """{"StreamName":"tagged","Tags":{"b":"2","a":"1","c":""}}""");
        var page = await server.KinesisAsync("ListTagsForStream", """{"StreamName":"tagged","Limit":2}""");
        page.GetProperty("HasMoreTags").GetBoolean().ShouldBeTrue();
        page.GetProperty("Tags").EnumerateArray().Select(tag => tag.GetProperty("Key").GetString()).ShouldBe(["a", "b"]);
        await server.KinesisAsync("RemoveTagsFromStream", """{"StreamName":"tagged","TagKeys":["a","x"]}""");
        page = await server.KinesisAsync("ListTagsForStream", """{"StreamName":"tagged","ExclusiveStartTagKey":"b"}""");
        page.GetProperty("Tags").EnumerateArray().Select(tag => tag.GetProperty("Key").GetString()).ShouldBe(["c"]);
    }

    [Fact]
    public async Task Retention_goes_up_and_down_within_its_bounds()
    {
        await server.CreateStreamAsync("kept", 1);
        await server.KinesisAsync("IncreaseStreamRetentionPeriod", """{"StreamName":"kept","RetentionPeriodHours":48}""");
        (await server.KinesisErrorAsync("IncreaseStreamRetentionPeriod", """{"StreamName":"kept","RetentionPeriodHours":24}""")).Type.ShouldBe("InvalidArgumentException");
        (await server.KinesisErrorAsync("DecreaseStreamRetentionPeriod", """{"StreamName":"kept","RetentionPeriodHours":23}""")).Type.ShouldBe("InvalidArgumentException");
        await server.KinesisAsync("DecreaseStreamRetentionPeriod", """{"StreamName":"kept","RetentionPeriodHours":24}""");
    }

    [Theory]
    [InlineData("CreateStream", "{}", "ValidationException", "1 validation error detected: Value null at 'streamName' failed to satisfy constraint: Member must not be null")]
    [InlineData("CreateStream", """{"StreamName":"a b","ShardCount":1}""", "ValidationException", "1 validation error detected: Value 'a b' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")]
    [InlineData("CreateStream", """{"StreamName":"x","ShardCount":0}""", "ValidationException", "1 validation error detected: Value '0' at 'shardCount' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [InlineData("CreateStream", """{"StreamName":7}""", "SerializationException", "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String")]
    [InlineData("DescribeStream", """{"StreamName":"nowhere"}""", "ResourceNotFoundException", "Stream nowhere under account 000000000000 not found.")]
    [InlineData("PutRecord", """{"StreamName":"nowhere","Data":"AA==","PartitionKey":"k"}""", "ResourceNotFoundException", "Stream nowhere under account 000000000000 not found.")]
    [InlineData("PutRecord", """{"StreamName":"nowhere","Data":"AA=="}""", "ValidationException", "1 validation error detected: Value null at 'partitionKey' failed to satisfy constraint: Member must not be null")]
    [InlineData("PutRecords", """{"StreamName":"nowhere","Records":[]}""", "ValidationException", "1 validation error detected: Value '[]' at 'records' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("GetRecords", """{"ShardIterator":"AAAA"}""", "InvalidArgumentException", "Invalid ShardIterator.")]
    [InlineData("NoSuchThing", "{}", "UnknownOperationException", "")]
    public async Task Faults_are_answered_in_amazons_words(string operation, string json, string type, string message) =>
        (await server.KinesisErrorAsync(operation, json)).ShouldBe((type, message));

    [Fact]
    public async Task A_name_is_taken_once_and_the_shard_quota_holds()
    {
        await server.CreateStreamAsync("once", 1);
        (await server.KinesisErrorAsync("CreateStream", """{"StreamName":"once","ShardCount":1}"""))
            .ShouldBe(("ResourceInUseException", "Stream once under account 000000000000 already exists."));
        (await server.KinesisErrorAsync("CreateStream", """{"StreamName":"huge","ShardCount":100000}""")).Type.ShouldBe("LimitExceededException");
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_a_serialization_exception() =>
        (await server.KinesisErrorAsync("PutRecords", "{nonsense")).Type.ShouldBe("SerializationException");

    private static IEnumerable<string> Names(JsonElement list) => list.GetProperty("StreamNames").EnumerateArray().Select(name => name.GetString()!);
}
