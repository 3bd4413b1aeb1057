using System.Globalization;
using System.Text.Json;

namespace Headrace.Server.Tests.Kinesis;

/// <summary>Which shards are listed, and what a token stands for.</summary>
public sealed class ListShardsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Arn = "\"StreamARN\":\"arn:aws:kinesis:us-east-1:000000000000:stream/paged\"";

    [Fact]
    public async Task Filters_choose_by_state_time_and_place()
    {
        await server.CreateStreamAsync("filtered", 2);
        var before = Now();
        await Poll.UntilAsync(() => Task.FromResult(Now() > before));
        await server.KinesisAsync("SplitShard", """{"StreamName":"filtered","ShardToSplit":"shardId-0","NewStartingHashKey":"7"}""");
        await server.WaitForStatusAsync("filtered", "ACTIVE");
        var after = Now();

        await ExpectAsync("""{"Type":"AT_LATEST"}""", 1, 2, 3);
        await ExpectAsync("""{"Type":"AT_TRIM_HORIZON"}""", 0, 1);
        await ExpectAsync("""{"Type":"FROM_TRIM_HORIZON"}""", 0, 1, 2, 3);
        await ExpectAsync("""{"Type":"AFTER_SHARD_ID","ShardId":"shardId-000000000001"}""", 2, 3);
        await ExpectAsync($$"""{"Type":"AT_TIMESTAMP","Timestamp":{{Seconds(before)}}}""", 0, 1);
        await ExpectAsync($$"""{"Type":"AT_TIMESTAMP","Timestamp":{{Seconds(after)}}}""", 1, 2, 3);
        await ExpectAsync($$"""{"Type":"AT_TIMESTAMP","Timestamp":{{Seconds(before - 3_600_000)}}}""");
        await ExpectAsync($$"""{"Type":"FROM_TIMESTAMP","Timestamp":{{Seconds(before)}}}""", 0, 1, 2, 3);
        await ExpectAsync($$"""{"Type":"FROM_TIMESTAMP","Timestamp":{{Seconds(after)}}}""", 1, 2, 3);
        await ExpectAsync($$"""{"Type":"FROM_TIMESTAMP","Timestamp":{{Seconds(before - 3_600_000)}}}""", 0, 1, 2, 3);
    }

    [Theory]
    [InlineData("""{"Type":"AT_TIMESTAMP"}""", "Timestamp must be specified for ShardFilter type AT_TIMESTAMP.")]
    [InlineData("""{"Type":"FROM_TIMESTAMP"}""", "Timestamp must be specified for ShardFilter type FROM_TIMESTAMP.")]
    [InlineData("""{"Type":"AFTER_SHARD_ID"}""", "ShardId must be specified for ShardFilter type AFTER_SHARD_ID.")]
    public async Task A_filter_says_what_its_type_needs(string filter, string message) =>
        (await server.KinesisErrorAsync("ListShards", $$"""{"StreamName":"nobody","ShardFilter":{{filter}}}""")).ShouldBe(("InvalidArgumentException", message));

    [Fact]
    public async Task A_creation_time_tells_streams_of_one_name_apart()
    {
        await server.CreateStreamAsync("dated", 1);
        var summary = (await server.KinesisAsync("DescribeStreamSummary", """{"StreamName":"dated"}""")).GetProperty("StreamDescriptionSummary");
        var created = summary.GetProperty("StreamCreationTimestamp").GetDouble();
        await server.KinesisAsync("ListShards", string.Create(CultureInfo.InvariantCulture, $$"""{"StreamName":"dated","StreamCreationTimestamp":{{created}}}"""));
        (await server.KinesisErrorAsync("ListShards", string.Create(CultureInfo.InvariantCulture, $$"""{"StreamName":"dated","StreamCreationTimestamp":{{created - 60}}}""")))
            .ShouldBe(("ResourceNotFoundException", "Stream dated under account 000000000000 not found."));
    }

    [Theory]
    [InlineData("\"StreamName\":\"paged\"", "StreamName")]
    [InlineData(Arn, "StreamARN")]
    [InlineData("\"StreamCreationTimestamp\":7", "StreamCreationTimestamp")]
    [InlineData("\"ExclusiveStartShardId\":\"shardId-0\"", "ExclusiveStartShardId")]
    [InlineData("\"ShardFilter\":{\"Type\":\"AT_LATEST\"}", "ShardFilter")]
    public async Task A_token_stands_alone(string member, string name)
    {
        await EnsureAsync("paged", 2);
        var token = (await server.KinesisAsync("ListShards", """{"StreamName":"paged","MaxResults":1}""")).GetProperty("NextToken").GetString();
        (await server.KinesisErrorAsync("ListShards", $$"""{"NextToken":"{{token}}",{{member}}}"""))
            .ShouldBe(("InvalidArgumentException", $"NextToken and {name} cannot be provided together."));
        (await server.KinesisErrorAsync("ListShards", "{}")).ShouldBe(("InvalidArgumentException", "Either NextToken or StreamName should be provided."));
        (await server.KinesisAsync("ListShards", $$"""{"NextToken":"{{token}}","MaxResults":7}""")).GetProperty("Shards").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_operation_only()
    {
        await EnsureAsync("paged", 2);
        await EnsureAsync("paged-too", 1);
        await server.KinesisAsync("RegisterStreamConsumer", $$"""{{{Arn}},"ConsumerName":"a"}""");
        await server.KinesisAsync("RegisterStreamConsumer", $$"""{{{Arn}},"ConsumerName":"b"}""");
        var firstPages = new Dictionary<string, string>
        {
            ["ListShards"] = """{"StreamName":"paged","MaxResults":1}""",
            ["ListStreams"] = """{"Limit":1}""",
            ["ListStreamConsumers"] = $$"""{{{Arn}},"MaxResults":1}""",
        };
        foreach (var (operation, request) in firstPages)
        {
            var token = (await server.KinesisAsync(operation, request)).GetProperty("NextToken").GetString();
            foreach (var other in firstPages.Keys)
            {
                var next = $$"""{{{(other == "ListStreamConsumers" ? Arn + "," : "")}}"NextToken":"{{token}}"}""";
                if (other == operation)
                    await server.KinesisAsync(other, next);
                else
                    (await server.KinesisErrorAsync(other, next)).ShouldBe(("InvalidArgumentException", "NextToken is invalid."), $"{operation}'s token to {other}");
            }
        }
    }

    /// <summary>Lists at once and page by page.</summary>
    private async Task ExpectAsync(string filter, params int[] shards)
    {
        var expected = shards.Select(index => $"shardId-{index:D12}");
        var whole = await server.KinesisAsync("ListShards", $$"""{"StreamName":"filtered","ShardFilter":{{filter}}}""");
        Ids(whole).ShouldBe(expected, filter);
        var page = await server.KinesisAsync("ListShards", $$"""{"StreamName":"filtered","MaxResults":1,"ShardFilter":{{filter}}}""");
        var paged = Ids(page).ToList();
        while (page.TryGetProperty("NextToken", out var token))
        {
            page = await server.KinesisAsync("ListShards", $$"""{"NextToken":"{{token.GetString()}}","MaxResults":1}""");
            paged.AddRange(Ids(page));
        }
        paged.ShouldBe(expected, filter);
    }

    private async Task EnsureAsync(string stream, int shards)
    {
        var (_, body) = await server.SendAsync("Kinesis_20131202.DescribeStreamSummary", $$"""{"StreamName":"{{stream}}"}""");
        if (body.TryGetProperty("__type", out _))
            await server.CreateStreamAsync(stream, shards);
    }

    private static IEnumerable<string> Ids(JsonElement answer) => answer.GetProperty("Shards").EnumerateArray().Select(shard => shard.GetProperty("ShardId").GetString()!);

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private static string Seconds(long milliseconds) => (milliseconds / 1000m).ToString(CultureInfo.InvariantCulture);
}
