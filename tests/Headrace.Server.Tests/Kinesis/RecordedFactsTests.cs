using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Headrace.Server.Tests.Kinesis;

/// <summary>What recordings of the real service show of its answers to requests that are valid in form.</summary>
public sealed class RecordedFactsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Account = "under account 000000000000";
    private const string Rest = "\"ShardIteratorType\":\"LATEST\"";

    [Fact]
    public async Task Too_many_entries_are_shown_with_their_Java_hashes()
    {
        var entries = string.Join(',', Enumerable.Repeat("""{"PartitionKey":"","Data":""}""", 501));
        var shown = string.Join(", ", Enumerable.Repeat("com.amazonaws.kinesis.v20131202.PutRecordsRequestEntry@c965e310", 501));
        var keys = Enumerable.Range(1, 9).Select(i => $"; Value '' at 'records.{i}.member.partitionKey' failed to satisfy constraint: Member must have length greater than or equal to 1");
        (await server.KinesisErrorAsync("PutRecords", $$"""{"StreamName":"","Records":[{{entries}}]}""")).ShouldBe((
            "ValidationException",
            $"10 validation errors detected: Value '[{shown}]' at 'records' failed to satisfy constraint: Member must have length less than or equal to 500{string.Concat(keys)}"));
    }

    [Theory]
    [InlineData("2147483647", 2147483647)]
    [InlineData("anything_at.all-2147483647", 2147483647)]
    [InlineData("a-00002147483647", 2147483647)]
    [InlineData("-00002147483647", 2147483647)]
    [InlineData("shardId-5", 5)]
    [InlineData("2147483648", null)]
    [InlineData("shardId-002147483648", null)]
    [InlineData("ABKLFD8", null)]
    [InlineData("2.14E4", null)]
    public async Task What_a_shard_id_may_look_like(string shardId, int? index)
    {
        (await server.KinesisErrorAsync("GetShardIterator", $$"""{"StreamName":"nobody","ShardId":"{{shardId}}",{{Rest}}}"""))
            .ShouldBe(("ResourceNotFoundException", index is null ? $"Could not find shard {shardId} in stream nobody {Account}." : $"Shard shardId-{index:D12} in stream nobody {Account} does not exist"));
        var missing = ("ResourceNotFoundException", index is null ? $"Could not find shard {shardId} in stream nobody {Account}." : $"Stream nobody {Account} not found.");
        (await server.KinesisErrorAsync("SplitShard", $$"""{"StreamName":"nobody","ShardToSplit":"{{shardId}}","NewStartingHashKey":"0"}""")).ShouldBe(missing);
        (await server.KinesisErrorAsync("MergeShards", $$"""{"StreamName":"nobody","ShardToMerge":"{{shardId}}","AdjacentShardToMerge":"x-0"}""")).ShouldBe(missing);
        (await server.KinesisErrorAsync("MergeShards", $$"""{"StreamName":"nobody","ShardToMerge":"x-0","AdjacentShardToMerge":"{{shardId}}"}""")).ShouldBe(missing);
    }

    [Fact]
    public async Task Shards_merge_in_the_order_of_their_hash_keys_only()
    {
        await server.CreateStreamAsync("merging", 3);
        foreach (var (first, second) in new[] { (1, 0), (0, 2), (0, 0) })
        {
            (await server.KinesisErrorAsync("MergeShards", $$"""{"StreamName":"merging","ShardToMerge":"x-{{first}}","AdjacentShardToMerge":"x-{{second}}"}"""))
                .ShouldBe(("InvalidArgumentException", $"Shards shardId-{first:D12} and shardId-{second:D12} in stream merging {Account} are not an adjacent pair of shards eligible for merging"));
        }
        (await server.KinesisErrorAsync("MergeShards", """{"StreamName":"merging","ShardToMerge":"x-0","AdjacentShardToMerge":"x-5"}""")).Message
            .ShouldBe($"Could not find shard shardId-000000000005 in stream merging {Account}.");
        await server.KinesisAsync("MergeShards", """{"StreamName":"merging","ShardToMerge":"x-0","AdjacentShardToMerge":"x-1"}""");
    }

    [Theory]
    [InlineData("5", "Invalid StartingSequenceNumber. It encodes shardId-000000000005, while it was used in a call to a shard with shardId-000000000000")]
    [InlineData("0", "StartingSequenceNumber 21267647932558653966460912964485513216 used in GetShardIterator on shard shardId-000000000000 in stream numbers under account 000000000000 is invalid because it did not come from this stream.")]
    [InlineData("0x3bb2cc3d7ff7fffffffffffffff0000", "StartingSequenceNumber 26227199374821822965252748908982894592 used in GetShardIterator on shard shardId-000000000000 in stream numbers under account 000000000000 is invalid because it did not come from this stream.")]
    [InlineData("0x13bb2cc3d80000000000000000000000", "StartingSequenceNumber 26227199374822427428162556223570313216 used in GetShardIterator on shard shardId-000000000000 in stream numbers under account 000000000000 is invalid.")]
    [InlineData("0x20000000000000000000000000000000000000000000002", "StartingSequenceNumber NUMBER used in GetShardIterator on shard shardId-000000000000 in stream numbers under account 000000000000 is invalid because it did not come from this stream.")]
    [InlineData("0x20000000000800000000000000000000000000000000002", "StartingSequenceNumber NUMBER used in GetShardIterator on shard shardId-000000000000 in stream numbers under account 000000000000 is invalid.")]
    [InlineData("0x20000000000000000000000000000000000000800000002", "StartingSequenceNumber NUMBER used in GetShardIterator on shard shardId-000000000000 in stream numbers under account 000000000000 is invalid.")]
    public async Task A_sequence_number_of_another_stream_or_none(string number, string message)
    {
        await EnsureAsync("numbers");
        var text = Decimal(number);
        (await server.KinesisErrorAsync("GetShardIterator", $$"""{"StreamName":"numbers","ShardId":"shardId-0","ShardIteratorType":"AT_SEQUENCE_NUMBER","StartingSequenceNumber":"{{text}}"}"""))
            .ShouldBe(("InvalidArgumentException", message.Replace("NUMBER", text, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("0x20000000000000000000000000000000000000000000002", true)]
    [InlineData("0x20000000000000000000000000000000000000000000001", true)]
    [InlineData("0", true)]
    [InlineData("0x20000000000000000000000000000000000000000000000", false)]
    [InlineData("0x20000000000000000000000000000000000000000000004", false)]
    [InlineData("0x30000000000000000000000000000000000000000000001", false)]
    [InlineData("0x1ffffffffff7fffffffffffffff000000000007fffffff2", false)]
    [InlineData("0x20000000000800000000000000000000000000000000002", false)]
    [InlineData("0x20000000000000000000000000000000000000800000002", false)]
    [InlineData("0x20000000000000000000000000000000ffffffff000000002", false)]
    [InlineData("0x200000000000000000000000000000ffffffff000000002", false)]
    [InlineData("0x13bb2cc3d80000000000000000000000", false)]
    public async Task What_a_put_may_be_ordered_behind(string number, bool accepted)
    {
        await EnsureAsync("ordering");
        var text = Decimal(number);
        var put = $$"""{"StreamName":"ordering","PartitionKey":"a","Data":"","SequenceNumberForOrdering":"{{text}}"}""";
        if (accepted)
        {
            await server.KinesisAsync("PutRecord", put);
            return;
        }
        (await server.KinesisErrorAsync("PutRecord", put))
            .ShouldBe(("InvalidArgumentException", $"ExclusiveMinimumSequenceNumber {text} used in PutRecord on stream ordering {Account} is invalid."));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a-name-of-thirty-characters-0")]
    [InlineData("a-name-of-thirty-characters-000")]
    public async Task An_iterator_looks_like_Amazons(string stream)
    {
        await server.CreateStreamAsync(stream, 1);
        var text = await server.IteratorAsync(stream, 0);
        var bytes = Convert.FromBase64String(text);
        Convert.ToBase64String(bytes).ShouldBe(text);
        Convert.ToHexString(bytes.AsSpan(0, 8)).ShouldBe("0000000000000001");
        bytes.Length.ShouldBe(152 + ((stream.Length + 2) / 16 * 16));
        (await server.RecordsAsync(text)).GetProperty("NextShardIterator").GetString()!.Length.ShouldBe(text.Length);
    }

    [Fact]
    public async Task The_longest_name_leaves_an_iterator_within_its_limit()
    {
        var stream = new string('n', 128);
        await server.CreateStreamAsync(stream, 1);
        var text = await server.IteratorAsync(stream, 0);
        text.Length.ShouldBeLessThanOrEqualTo(512);
        await server.RecordsAsync(text);
    }

    [Fact]
    public async Task An_iterator_goes_by_its_streams_name()
    {
        await server.CreateStreamAsync("reborn", 2);
        string[] iterators = [await server.IteratorAsync("reborn", 0, Rest), await server.IteratorAsync("reborn", 1, Rest)];
        await DeleteAsync("reborn");
        foreach (var (iterator, shard) in iterators.Zip(["shardId-000000000000", "shardId-000000000001"]))
            (await server.KinesisErrorAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}"}""")).ShouldBe(("ResourceNotFoundException", $"Shard {shard} in stream reborn {Account} does not exist"));

        await server.CreateStreamAsync("reborn", 1);
        (await server.KinesisErrorAsync("GetRecords", $$"""{"ShardIterator":"{{iterators[1]}}"}""")).Message.ShouldBe($"Shard shardId-000000000001 in stream reborn {Account} does not exist");
        var answer = await server.RecordsAsync(iterators[0]);
        answer.GetProperty("Records").GetArrayLength().ShouldBe(0);
        await server.KinesisAsync("PutRecord", """{"StreamName":"reborn","PartitionKey":"a","Data":""}""");
        (await server.RecordsAsync(answer.GetProperty("NextShardIterator").GetString()!)).GetProperty("Records").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_first_shards_numbers_begin_before_the_stream_and_childrens_behind_their_parents()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        await server.CreateStreamAsync("lineage", 3);
        var first = (await ShardsAsync("lineage")).Select(Start).ToArray();
        (first[1] - first[0]).ShouldBe(BigInteger.Parse("22300745198530623141535718272648361505980432", CultureInfo.InvariantCulture));
        (first[2] - first[1]).ShouldBe(first[1] - first[0]);
        (CreatedSeconds(first[0]) - before).ShouldBeInRange(-7, -2);

        await server.KinesisAsync("SplitShard", """{"StreamName":"lineage","ShardToSplit":"shardId-0","NewStartingHashKey":"2"}""");
        await server.WaitForStatusAsync("lineage", "ACTIVE");
        await server.KinesisAsync("MergeShards", """{"StreamName":"lineage","ShardToMerge":"shardId-3","AdjacentShardToMerge":"shardId-4"}""");
        await server.WaitForStatusAsync("lineage", "ACTIVE");
        var shards = await ShardsAsync("lineage");
        var ending = BigInteger.Parse(shards[0].GetProperty("SequenceNumberRange").GetProperty("EndingSequenceNumber").GetString()!, CultureInfo.InvariantCulture);
        CreatedSeconds(Start(shards[3])).ShouldBe(CreatedSeconds(Start(shards[4])));
        (CreatedSeconds(Start(shards[3])) - ArrivalSeconds(ending)).ShouldBe(1);
        foreach (var shard in shards.Where(shard => shard.TryGetProperty("ParentShardId", out _)))
        {
            foreach (var parent in shards.Where(other => IsParent(other, shard)))
                Start(shard).ShouldBeGreaterThan(BigInteger.Parse(parent.GetProperty("SequenceNumberRange").GetProperty("EndingSequenceNumber").GetString()!, CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task A_stream_may_be_deleted_while_it_is_created_and_shows_no_shards_then()
    {
        await server.KinesisAsync("CreateStream", """{"StreamName":"shortlived","ShardCount":1}""");
        await server.KinesisAsync("DeleteStream", """{"StreamName":"shortlived"}""");
        await Poll.UntilAsync(async () =>
        {
            var (_, body) = await server.SendAsync("Kinesis_20131202.DescribeStream", """{"StreamName":"shortlived"}""");
            if (!body.TryGetProperty("StreamDescription", out var description))
                return body.GetProperty("__type").GetString() == "ResourceNotFoundException";
            description.GetProperty("StreamStatus").GetString().ShouldBe("DELETING");
            description.GetProperty("Shards").GetArrayLength().ShouldBe(0);
            description.GetProperty("HasMoreShards").GetBoolean().ShouldBeFalse();
            return false;
        });
    }

    private async Task EnsureAsync(string stream, int shards = 1)
    {
        var (_, body) = await server.SendAsync("Kinesis_20131202.DescribeStreamSummary", $$"""{"StreamName":"{{stream}}"}""");
        if (body.TryGetProperty("__type", out _))
            await server.CreateStreamAsync(stream, shards);
    }

    private async Task DeleteAsync(string stream)
    {
        await server.KinesisAsync("DeleteStream", $$"""{"StreamName":"{{stream}}"}""");
        await Poll.UntilAsync(async () => (await server.SendAsync("Kinesis_20131202.DescribeStreamSummary", $$"""{"StreamName":"{{stream}}"}""")).Body.TryGetProperty("__type", out _));
    }

    private async Task<JsonElement[]> ShardsAsync(string stream) =>
        [.. (await server.KinesisAsync("ListShards", $$"""{"StreamName":"{{stream}}"}""")).GetProperty("Shards").EnumerateArray()];

    private static bool IsParent(JsonElement shard, JsonElement child) =>
        new[] { "ParentShardId", "AdjacentParentShardId" }.Any(member => child.TryGetProperty(member, out var parent) && parent.GetString() == shard.GetProperty("ShardId").GetString());

    private static BigInteger Start(JsonElement shard) =>
        BigInteger.Parse(shard.GetProperty("SequenceNumberRange").GetProperty("StartingSequenceNumber").GetString()!, CultureInfo.InvariantCulture);

    private static long CreatedSeconds(BigInteger number) => Seconds(number, 1);

    private static long ArrivalSeconds(BigInteger number) => Seconds(number, 29);

    private static long Seconds(BigInteger number, int at) =>
        long.Parse(number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0').AsSpan(at, 9), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Decimal(string number) => number.StartsWith("0x", StringComparison.Ordinal)
        ? BigInteger.Parse(new StringBuilder("0").Append(number.AsSpan(2)).ToString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
        : number;
}
