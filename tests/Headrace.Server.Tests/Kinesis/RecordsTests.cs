using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Headrace.Server.Tests.Kinesis;

public class RecordsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_record_comes_back_as_it_was_put()
    {
        await server.CreateStreamAsync("one", 1);
        var put = await server.KinesisAsync("PutRecord", $$"""{"StreamName":"one","Data":"{{Base64("hello \"wörld\"")}}","PartitionKey":"ké\"y\u0001"}""");
        put.GetProperty("ShardId").GetString().ShouldBe("shardId-000000000000");
        var read = await server.RecordsAsync(await server.IteratorAsync("one", 0));
        var record = read.GetProperty("Records").EnumerateArray().Single();
        record.GetProperty("SequenceNumber").GetString().ShouldBe(put.GetProperty("SequenceNumber").GetString());
        record.GetProperty("PartitionKey").GetString().ShouldBe("ké\"y\u0001");
        Encoding.UTF8.GetString(record.GetProperty("Data").GetBytesFromBase64()).ShouldBe("hello \"wörld\"");
        record.GetProperty("ApproximateArrivalTimestamp").GetDouble().ShouldBe(DateTimeOffset.UtcNow.ToUnixTimeSeconds(), 60);
        record.TryGetProperty("EncryptionType", out _).ShouldBeFalse();
        read.GetProperty("MillisBehindLatest").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Records_of_every_length_come_back_whole_in_one_answer()
    {
        await server.CreateStreamAsync("lengths", 1);
        // Around the lengths at which the answer is cut into pieces.
        int[] lengths = [0, 1, 2, 3, 24_575, 24_576, 24_577, 49_151, 49_152, 49_153, 1_000_000, 0, 7];
        var records = lengths.Select((length, i) => (Key: $"k{i}\u0001\"é", Data: Enumerable.Range(0, length).Select(at => (byte)(at + i)).ToArray())).ToList();
        foreach (var (key, data) in records)
            await server.KinesisAsync("PutRecord", $$"""{"StreamName":"lengths","Data":"{{Convert.ToBase64String(data)}}","PartitionKey":{{JsonSerializer.Serialize(key)}}}""");
        var read = (await server.RecordsAsync(await server.IteratorAsync("lengths", 0))).GetProperty("Records").EnumerateArray().ToList();
        read.Select(record => record.GetProperty("PartitionKey").GetString()).ShouldBe(records.Select(record => record.Key));
        for (var i = 0; i < records.Count; i++)
            read[i].GetProperty("Data").GetBytesFromBase64().AsSpan().SequenceEqual(records[i].Data).ShouldBeTrue($"record {i} of {lengths[i]} bytes");
    }

    [Fact]
    public async Task Keys_go_to_their_shards_and_keep_their_order()
    {
        await server.CreateStreamAsync("many", 4);
        var entries = Enumerable.Range(0, 500).Select(i => $$"""{"Data":"{{Base64($"{i}")}}","PartitionKey":"key-{{i % 50}}"}""");
        var put = await server.KinesisAsync("PutRecords", $$"""{"Records":[{{string.Join(',', entries)}}],"StreamName":"many"}""");
        put.GetProperty("FailedRecordCount").GetInt32().ShouldBe(0);
        put.GetProperty("Records").GetArrayLength().ShouldBe(500);

        var byKey = new Dictionary<string, List<int>>();
        for (var shard = 0; shard < 4; shard++)
        {
            BigInteger last = 0;
            foreach (var record in (await server.RecordsAsync(await server.IteratorAsync("many", shard))).GetProperty("Records").EnumerateArray())
            {
                var number = BigInteger.Parse(record.GetProperty("SequenceNumber").GetString()!, CultureInfo.InvariantCulture);
                number.ShouldBeGreaterThan(last);
                last = number;
                var key = record.GetProperty("PartitionKey").GetString()!;
                byKey.TryAdd(key, []);
                byKey[key].Add(int.Parse(Encoding.UTF8.GetString(record.GetProperty("Data").GetBytesFromBase64()), CultureInfo.InvariantCulture));
            }
        }
        byKey.Count.ShouldBe(50);
        byKey.Values.ShouldAllBe(values => values.Count == 10 && values.SequenceEqual(values.Order()));
    }

    [Fact]
    public async Task An_explicit_hash_key_chooses_the_shard()
    {
        await server.CreateStreamAsync("explicit", 2);
        var low = await server.KinesisAsync("PutRecord", """{"StreamName":"explicit","Data":"","PartitionKey":"k","ExplicitHashKey":"0"}""");
        var high = await server.KinesisAsync("PutRecord", """{"StreamName":"explicit","Data":"","PartitionKey":"k","ExplicitHashKey":"340282366920938463463374607431768211455"}""");
        low.GetProperty("ShardId").GetString().ShouldBe("shardId-000000000000");
        high.GetProperty("ShardId").GetString().ShouldBe("shardId-000000000001");
        (await server.KinesisErrorAsync("PutRecord", """{"StreamName":"explicit","Data":"","PartitionKey":"k","ExplicitHashKey":"340282366920938463463374607431768211456"}""")).Type.ShouldBe("InvalidArgumentException");
    }

    [Fact]
    public async Task All_five_starting_positions_begin_where_they_say()
    {
        await server.CreateStreamAsync("positions", 1);
        var numbers = new List<string>();
        for (var i = 0; i < 5; i++)
            numbers.Add((await server.KinesisAsync("PutRecord", $$"""{"StreamName":"positions","Data":"{{Base64($"{i}")}}","PartitionKey":"k"}""")).GetProperty("SequenceNumber").GetString()!);

        async Task<string> Read(string position) => string.Concat(
            (await server.RecordsAsync(await server.IteratorAsync("positions", 0, position))).GetProperty("Records").EnumerateArray()
                .Select(record => Encoding.UTF8.GetString(record.GetProperty("Data").GetBytesFromBase64())));

        (await Read("\"ShardIteratorType\":\"TRIM_HORIZON\"")).ShouldBe("01234");
        (await Read("\"ShardIteratorType\":\"LATEST\"")).ShouldBe("");
        (await Read($"\"ShardIteratorType\":\"AT_SEQUENCE_NUMBER\",\"StartingSequenceNumber\":\"{numbers[2]}\"")).ShouldBe("234");
        (await Read($"\"ShardIteratorType\":\"AFTER_SEQUENCE_NUMBER\",\"StartingSequenceNumber\":\"{numbers[2]}\"")).ShouldBe("34");
        (await Read("\"ShardIteratorType\":\"AT_TIMESTAMP\",\"Timestamp\":0")).ShouldBe("01234");
    }

    [Fact]
    public async Task Iterators_survive_a_restart_and_so_do_records()
    {
        await server.CreateStreamAsync("restarted", 2);
        await server.KinesisAsync("PutRecord", $$"""{"StreamName":"restarted","Data":"{{Base64("kept")}}","PartitionKey":"k","ExplicitHashKey":"0"}""");
        var iterator = await server.IteratorAsync("restarted", 0);
        await server.RestartAsync();
        (await server.RecordsAsync(iterator)).GetProperty("Records").GetArrayLength().ShouldBe(1);
        var second = await server.KinesisAsync("PutRecord", $$"""{"StreamName":"restarted","Data":"{{Base64("more")}}","PartitionKey":"k","ExplicitHashKey":"0"}""");
        var records = (await server.RecordsAsync(iterator)).GetProperty("Records").EnumerateArray().ToList();
        records.Count.ShouldBe(2);
        records[1].GetProperty("SequenceNumber").GetString().ShouldBe(second.GetProperty("SequenceNumber").GetString());
    }

    [Fact]
    public async Task A_split_shard_ends_and_names_its_children_and_order_holds_across_it()
    {
        await server.CreateStreamAsync("split", 1);
        await server.KinesisAsync("PutRecord", $$"""{"StreamName":"split","Data":"{{Base64("before")}}","PartitionKey":"k"}""");
        await server.KinesisAsync("SplitShard", """{"StreamName":"split","ShardToSplit":"shardId-000000000000","NewStartingHashKey":"170141183460469231731687303715884105728"}""");
        await server.WaitForStatusAsync("split", "ACTIVE");
        var after = await server.KinesisAsync("PutRecord", $$"""{"StreamName":"split","Data":"{{Base64("after")}}","PartitionKey":"k"}""");
        after.GetProperty("ShardId").GetString().ShouldNotBe("shardId-000000000000");

        var parent = await server.RecordsAsync(await server.IteratorAsync("split", 0));
        parent.GetProperty("Records").GetArrayLength().ShouldBe(1);
        parent.TryGetProperty("NextShardIterator", out _).ShouldBeFalse();
        parent.GetProperty("ChildShards").EnumerateArray().Select(child => child.GetProperty("ShardId").GetString()).ShouldBe(["shardId-000000000001", "shardId-000000000002"]);

        await server.KinesisAsync("MergeShards", """{"StreamName":"split","ShardToMerge":"shardId-000000000001","AdjacentShardToMerge":"shardId-000000000002"}""");
        await server.WaitForStatusAsync("split", "ACTIVE");
        var shards = (await server.KinesisAsync("ListShards", """{"StreamName":"split"}""")).GetProperty("Shards").EnumerateArray().ToList();
        shards.Count.ShouldBe(4);
        shards.Count(shard => shard.GetProperty("SequenceNumberRange").TryGetProperty("EndingSequenceNumber", out _)).ShouldBe(3);
        shards[3].GetProperty("AdjacentParentShardId").GetString().ShouldBe("shardId-000000000002");
        shards[3].GetProperty("HashKeyRange").GetProperty("EndingHashKey").GetString().ShouldBe("340282366920938463463374607431768211455");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        await server.CreateStreamAsync("paged", 1);
        var entries = string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"Data":"{{Base64($"{i}")}}","PartitionKey":"k"}"""));
        await server.KinesisAsync("PutRecords", $$"""{"StreamName":"paged","Records":[{{entries}}]}""");
        var iterator = await server.IteratorAsync("paged", 0);
        var seen = new List<string>();
        while (seen.Count < 100)
        {
            var page = await server.RecordsAsync(iterator, limit: 7);
            seen.AddRange(page.GetProperty("Records").EnumerateArray().Select(record => Encoding.UTF8.GetString(record.GetProperty("Data").GetBytesFromBase64())));
            iterator = page.GetProperty("NextShardIterator").GetString()!;
        }
        seen.ShouldBe(Enumerable.Range(0, 100).Select(i => i.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_record_over_the_streams_limit_is_refused()
    {
        await server.CreateStreamAsync("limited", 1);
        var tooLarge = Convert.ToBase64String(new byte[1024 * 1024]);
        (await server.KinesisErrorAsync("PutRecord", $$"""{"StreamName":"limited","Data":"{{tooLarge}}","PartitionKey":"k"}""")).Type.ShouldBe("InvalidArgumentException");
        var largest = Convert.ToBase64String(new byte[(1024 * 1024) - 1]);
        await server.KinesisAsync("PutRecord", $$"""{"StreamName":"limited","Data":"{{largest}}","PartitionKey":"k"}""");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_with_an_error()
    {
        var (status, body) = await server.SendAsync("Kinesis_20131202.PutRecords", new string(' ', 17 << 20));
        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        body.GetProperty("__type").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Unusual_but_valid_json_is_taken()
    {
        await server.CreateStreamAsync("unusual", 1);
        var put = """{"Records":[{"Unknown":{"a":[1]},"PartitionKey":"\u006bey","D\u0061ta":"aGk\u003d"}],"Stream\u004eame":"unusual","Other":null}""";
        await server.KinesisAsync("PutRecords", put);
        var record = (await server.RecordsAsync(await server.IteratorAsync("unusual", 0))).GetProperty("Records").EnumerateArray().Single();
        record.GetProperty("PartitionKey").GetString().ShouldBe("key");
        record.GetProperty("Data").GetString().ShouldBe("aGk=");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
