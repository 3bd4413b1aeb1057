using System.Text;
using System.Text.Json;

namespace Headrace.Client.Tests;

public sealed class KinesisClientTests
{
    [Fact]
    public async Task A_call_is_signed_and_names_its_operation()
    {
        var stub = new StubService((_, members) =>
        {
            members.GetProperty("StreamName").GetString().ShouldBe("s");
            Convert.FromBase64String(members.GetProperty("Data").GetString()!).ShouldBe("héllo"u8.ToArray());
            members.TryGetProperty("ExplicitHashKey", out JsonElement _).ShouldBeFalse();
            return (200, """{"ShardId":"shardId-000000000000","SequenceNumber":"49"}""");
        });
        using var client = stub.Client();

        var result = await client.PutRecordAsync("s", "héllo"u8.ToArray(), "k");

        result.ShouldBe(new PutRecordResult("shardId-000000000000", "49"));
        var headers = stub.LastRequest!.Headers;
        headers.GetValues("X-Amz-Target").Single().ShouldBe("Kinesis_20131202.PutRecord");
        headers.ToString().ShouldContain("/kinesis/aws4_request");
        headers.Contains("X-Amz-Date").ShouldBeTrue();
    }

    [Fact]
    public async Task Throttling_is_retried_and_a_refusal_is_not()
    {
        var calls = 0;
        var stub = new StubService((operation, _) => operation == "DeleteStream"
            ? StubService.Error("com.amazonaws.kinesis#ResourceNotFoundException")
            : ++calls < 3 ? StubService.Error("ProvisionedThroughputExceededException") : (200, """{"ShardId":"a","SequenceNumber":"1"}"""));
        using var client = stub.Client();

        (await client.PutRecordAsync("s", new byte[1], "k")).SequenceNumber.ShouldBe("1");
        calls.ShouldBe(3);

        var refusal = await Should.ThrowAsync<KinesisException>(() => client.DeleteStreamAsync("s"));
        refusal.ErrorType.ShouldBe("ResourceNotFoundException");
        refusal.Message.ShouldBe("because");
        refusal.RequestId.ShouldBe("r-1");
        stub.Operations.Count(o => o == "DeleteStream").ShouldBe(1);
    }

    [Fact]
    public async Task An_unreachable_endpoint_is_told_at_once_in_one_line_with_its_address()
    {
        var stub = new StubService((_, _) => null);
        using var client = stub.Client();

        var failure = await Should.ThrowAsync<EndpointUnreachableException>(() => client.DescribeStreamSummaryAsync("s"));

        failure.Message.ShouldBe("cannot reach http://127.0.0.1:1: Connection refused");
        stub.Operations.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Shards_are_listed_over_all_pages()
    {
        static string Shard(int i) =>
            $$$"""{"ShardId":"shardId-{{{i}}}","HashKeyRange":{"StartingHashKey":"0","EndingHashKey":"9"},"SequenceNumberRange":{"StartingSequenceNumber":"1"}}""";
        var stub = new StubService((_, members) =>
        {
            if (!members.TryGetProperty("NextToken", out JsonElement token))
                return (200, $$"""{"Shards":[{{Shard(0)}}],"NextToken":"t"}""");
            token.GetString().ShouldBe("t");
            members.TryGetProperty("StreamName", out JsonElement _).ShouldBeFalse();
            return (200, $$"""{"Shards":[{{Shard(1)}}]}""");
        });
        using var client = stub.Client();

        (await client.ListShardsAsync("s")).Select(s => s.ShardId).ShouldBe(["shardId-0", "shardId-1"]);
    }

    [Fact]
    public async Task A_page_of_records_is_read_whole_and_unknown_members_are_skipped()
    {
        var stub = new StubService((_, _) => (200, """
            {"Records":[{"SequenceNumber":"7","ApproximateArrivalTimestamp":1700000000.123,"Data":"w6k=","PartitionKey":"k\"1","EncryptionType":"NONE"}],
             "MillisBehindLatest":5,"More":{"a":[1]},"NextShardIterator":"n","ChildShards":[{"ShardId":"c","ParentShards":["p"],"HashKeyRange":{}}]}
            """));
        using var client = stub.Client();

        var page = await client.GetRecordsAsync("i", 10);

        var record = page.Records.ShouldHaveSingleItem();
        (record.SequenceNumber, record.PartitionKey, Encoding.UTF8.GetString(record.Data.Span)).ShouldBe(("7", "k\"1", "é"));
        record.ArrivalTime.ToUnixTimeMilliseconds().ShouldBe(1700000000123);
        (page.MillisBehindLatest, page.NextShardIterator).ShouldBe((5, "n"));
        page.ChildShards.ShouldHaveSingleItem().ParentShards.ShouldBe(["p"]);
    }

    [Theory]
    [InlineData("trim-horizon", "TRIM_HORIZON")]
    [InlineData("latest", "LATEST")]
    [InlineData("at-timestamp=2026-01-31T12:00:00Z", "AT_TIMESTAMP")]
    [InlineData("at-sequence-number=123", "AT_SEQUENCE_NUMBER")]
    [InlineData("after-sequence-number=123", "AFTER_SEQUENCE_NUMBER")]
    public void A_starting_position_is_read_from_its_spelling(string text, string type) =>
        StartingPosition.Parse(text).IteratorType.ShouldBe(type);

    [Theory]
    [InlineData("oldest")]
    [InlineData("at-timestamp=")]
    [InlineData("at-timestamp=soon")]
    [InlineData("latest=1")]
    [InlineData("at-sequence-number=x")]
    public void Any_other_spelling_of_a_position_is_refused(string text) =>
        Should.Throw<FormatException>(() => StartingPosition.Parse(text));
}
