namespace Headrace.Server.Tests.AwsCbor;

public sealed class KinesisCborTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_stream_lives_and_is_described()
    {
        await server.CborAsync("CreateStream", ("StreamName", "life"), ("ShardCount", 2), ("Tags", ServerFixtureCbor.Map(("Data", "x"), ("Timestamp", "now"))));
        await server.WaitForStatusAsync("life", "ACTIVE");
        var summary = (await server.CborAsync("DescribeStreamSummary", ("StreamName", "life"))).In("StreamDescriptionSummary");
        summary.Members["OpenShardCount"].ShouldBe(2L);
        summary.Members["StreamCreationTimestamp"].ShouldBeOfType<DateTimeOffset>().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        var description = (await server.CborAsync("DescribeStream", ("StreamName", "life"))).In("StreamDescription");
        description.Members["StreamCreationTimestamp"].ShouldBe(summary.Members["StreamCreationTimestamp"]);
        description.Members["HasMoreShards"].ShouldBe(false);
        (await server.CborAsync("ListTagsForStream", ("StreamName", "life"))).List("Tags").Select(tag => $"{tag["Key"]}={tag["Value"]}").ShouldBe(["Data=x", "Timestamp=now"]);
        await server.CborAsync("AddTagsToStream", ("StreamName", "life"), ("Tags", ServerFixtureCbor.Map(("a", "b"))));
        await server.CborAsync("RemoveTagsFromStream", ("StreamName", "life"), ("TagKeys", new object?[] { "Data", "a" }));
        (await server.CborAsync("ListTagsForStream", ("StreamName", "life"))).List("Tags").Count.ShouldBe(1);
        await server.CborAsync("IncreaseStreamRetentionPeriod", ("StreamName", "life"), ("RetentionPeriodHours", 48));
        await server.CborAsync("DecreaseStreamRetentionPeriod", ("StreamName", "life"), ("RetentionPeriodHours", 24));
        var shards = (await server.CborAsync("ListShards", ("StreamName", "life"), ("StreamCreationTimestamp", summary.Members["StreamCreationTimestamp"]))).List("Shards");
        shards.Count.ShouldBe(2);
        await server.CborAsync("MergeShards", ("StreamName", "life"), ("ShardToMerge", shards[0]["ShardId"]), ("AdjacentShardToMerge", shards[1]["ShardId"]));
        await server.WaitForStatusAsync("life", "ACTIVE");
        await server.CborAsync("SplitShard", ("StreamName", "life"), ("ShardToSplit", "shardId-000000000002"), ("NewStartingHashKey", "1000"));
        await server.WaitForStatusAsync("life", "ACTIVE");
        (await server.CborAsync("ListStreams")).Members["StreamNames"].ShouldBeOfType<List<object?>>().ShouldContain("life");
        (await server.CborAsync("DescribeLimits")).Members["ShardLimit"].ShouldBe(500L);
        await server.CborAsync("DeleteStream", ("StreamName", "life"));
    }

    [Fact]
    public async Task A_record_comes_back_as_it_was_put_from_either_format()
    {
        await server.CreateStreamAsync("record", 1);
        var data = new byte[] { 0, 255, 10, 128, 7 };
        var put = await server.CborAsync("PutRecord", ("StreamName", "record"), ("Data", data), ("PartitionKey", "ké\"y\u0001"), ("ExplicitHashKey", "7"));
        put.Text("ShardId").ShouldBe("shardId-000000000000");
        await server.KinesisAsync("PutRecord", """{"StreamName":"record","Data":"AAECAw==","PartitionKey":"json"}""");
        var read = await ReadAsync("record", 0);
        var records = read.List("Records");
        records.Count.ShouldBe(2);
        records[0]["SequenceNumber"].ShouldBe(put.Members["SequenceNumber"]);
        records[0]["Data"].ShouldBe(data);
        records[0]["PartitionKey"].ShouldBe("ké\"y\u0001");
        records[0]["ApproximateArrivalTimestamp"].ShouldBeOfType<DateTimeOffset>().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        records[1]["Data"].ShouldBe(new byte[] { 0, 1, 2, 3 });
        read.Members["MillisBehindLatest"].ShouldBe(0L);
        var json = await server.RecordsAsync(await server.IteratorAsync("record", 0));
        json.GetProperty("Records")[0].GetProperty("Data").GetBytesFromBase64().ShouldBe(data);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Records_of_every_length_come_back_whole_in_one_answer(bool definite)
    {
        var stream = $"lengths-{definite}";
        await server.CreateStreamAsync(stream, 1);
        // Around the lengths of heads, and those at which the answer is cut into pieces.
        int[] lengths = [0, 1, 23, 24, 255, 256, 49_151, 49_152, 49_153, 65_535, 65_536, 98_304, 1_000_000, 0, 7];
        var records = lengths.Select((length, i) => (Key: $"k{i}é", Data: Enumerable.Range(0, length).Select(at => (byte)(at + i)).ToArray())).ToList();
        var entries = records.Select(record => (object?)ServerFixtureCbor.Map(("PartitionKey", record.Key), ("Data", record.Data))).ToList();
        var body = CborDocument.Encode(ServerFixtureCbor.Map(("Records", entries), ("StreamName", stream)), definite);
        var put = await server.SendCborAsync("Kinesis_20131202.PutRecords", body);
        put.Members["FailedRecordCount"].ShouldBe(0L);
        var read = (await ReadAsync(stream, 0)).List("Records");
        read.Select(record => record["SequenceNumber"]).ShouldBe(put.List("Records").Select(record => record["SequenceNumber"]));
        read.Select(record => record["PartitionKey"]).ShouldBe(records.Select(record => record.Key));
        for (var i = 0; i < records.Count; i++)
            ((byte[])read[i]["Data"]!).AsSpan().SequenceEqual(records[i].Data).ShouldBeTrue($"record {i} of {lengths[i]} bytes");
    }

    [Fact]
    public async Task A_time_is_milliseconds_with_a_tag_or_without_whole_or_not()
    {
        await server.CreateStreamAsync("times", 1);
        await server.CborAsync("PutRecord", ("StreamName", "times"), ("Data", new byte[1]), ("PartitionKey", "p"));
        var time = (DateTimeOffset)(await ReadAsync("times", 0)).List("Records")[0]["ApproximateArrivalTimestamp"]!;
        var milliseconds = time.ToUnixTimeMilliseconds();
        foreach (var (given, found) in new (object, int)[] { (time, 1), (milliseconds, 1), ((double)milliseconds, 1), (milliseconds - 0.5, 1), (time.AddSeconds(-1), 1) })
        {
            var iterator = await server.CborAsync("GetShardIterator", ("StreamName", "times"), ("ShardId", "shardId-000000000000"), ("ShardIteratorType", "AT_TIMESTAMP"), ("Timestamp", given));
            (await server.CborAsync("GetRecords", ("ShardIterator", iterator.Members["ShardIterator"]))).List("Records").Count.ShouldBe(found, given.ToString());
        }
    }

    [Fact]
    public async Task A_drained_parent_names_its_children()
    {
        await server.CreateStreamAsync("parents", 1);
        await server.CborAsync("SplitShard", ("StreamName", "parents"), ("ShardToSplit", "shardId-000000000000"), ("NewStartingHashKey", "1000"));
        await server.WaitForStatusAsync("parents", "ACTIVE");
        var read = await ReadAsync("parents", 0);
        read.Members.ShouldNotContainKey("NextShardIterator");
        read.List("ChildShards").Select(child => child["ShardId"]).ShouldBe(["shardId-000000000001", "shardId-000000000002"]);
    }

    [Fact]
    public async Task Pieces_of_strings_and_tags_are_read()
    {
        await server.CreateStreamAsync("pieces", 1);
        byte[] body =
        [
            0xd9, 0xd9, 0xf7, 0xbf,
            0x6a, .. "StreamName"u8, 0x7f, 0x63, .. "pie"u8, 0x63, .. "ces"u8, 0xff,
            0x7f, 0x62, .. "Da"u8, 0x62, .. "ta"u8, 0xff, 0xc6, 0x5f, 0x41, 1, 0x40, 0x42, 2, 3, 0xff,
            0x6c, .. "PartitionKey"u8, 0xc7, 0x61, (byte)'k',
            0x67, .. "Unknown"u8, 0x82, 0xf9, 0x3c, 0x00, 0xf7,
            0xff,
        ];
        (await server.SendCborAsync("Kinesis_20131202.PutRecord", body)).Members.ShouldContainKey("SequenceNumber");
        (await ReadAsync("pieces", 0)).List("Records").Single()["Data"].ShouldBe(new byte[] { 1, 2, 3 });
    }

    [Fact]
    public async Task Faults_are_told_in_CBOR()
    {
        var missing = await server.CborErrorAsync("DescribeStream", ("StreamName", "none"));
        (missing.Type, missing.Message).ShouldBe(await server.KinesisErrorAsync("DescribeStream", """{"StreamName":"none"}"""));
        var invalid = await server.CborErrorAsync("PutRecords", ("StreamName", "?"), ("Records", new object?[] { ServerFixtureCbor.Map(("PartitionKey", "")) }));
        (invalid.Type, invalid.Message).ShouldBe(await server.KinesisErrorAsync("PutRecords", """{"StreamName":"?","Records":[{"PartitionKey":""}]}"""));
        invalid.Type.ShouldBe("ValidationException");
        (await server.CborErrorAsync("NoSuchOperation")).Type.ShouldBe("UnknownOperationException");
        (await server.CborErrorAsync("PutRecord", ("StreamName", 7))).Message.ShouldBe("class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String");
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "ends early", "BF" },
        { "two items", "A0A0" },
        { "no map", "80" },
        { "a break", "FF" },
        { "a big number", "A1617AC24101" },
        { "a negative big number", "A1617AC34101" },
        { "a length beyond the end", "BB7FFFFFFFFFFFFFFF" },
        { "a reserved head", "A1617A1C" },
        { "a number as key", "A10101" },
        { "text that is no UTF-8", "A1617A61FF" },
        { "a number that is none", "A1617AF97E00" },
        { "a break as value", "BF617AFF" },
        { "a tagged break", "BFC1FF" },
        { "bytes where text is", "A16A53747265616D4E616D65417A" },
        { "text where bytes are", "A16444617461617A" },
        { "a piece of another kind", "A1617A7F417AFF" },
        { "simple value 255", "A1617AF8FF" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_is_no_CBOR_is_a_serialization_fault(string what, string hex)
    {
        foreach (var operation in new[] { "PutRecord", "PutRecords", "DescribeStream" })
        {
            var answer = await server.SendCborAsync($"Kinesis_20131202.{operation}", Convert.FromHexString(hex));
            ((int)answer.Status).ShouldBe(400, what);
            answer.Type.ShouldBe("SerializationException", what);
        }
    }

    [Theory]
    [InlineData(0x81)]
    [InlineData(0x9f)]
    public async Task What_nests_too_deep_is_a_serialization_fault(byte head)
    {
        byte[] body = [0xa1, 0x61, (byte)'z', .. Enumerable.Repeat(head, 1_000_000)];
        (await server.SendCborAsync("Kinesis_20131202.PutRecords", body)).Type.ShouldBe("SerializationException");
    }

    private async Task<CborAnswer> ReadAsync(string stream, int shard)
    {
        var iterator = await server.CborAsync("GetShardIterator", ("StreamName", stream), ("ShardId", $"shardId-{shard:D12}"), ("ShardIteratorType", "TRIM_HORIZON"));
        return await server.CborAsync("GetRecords", ("ShardIterator", iterator.Members["ShardIterator"]), ("Limit", 10_000));
    }

    [Fact]
    public async Task Encryption_and_missing_keys_show_in_CBOR_too()
    {
        await server.CborAsync("CreateStream", ("StreamName", "cbor-auto"), ("RecordDistributionStrategy", "AUTO"));
        await server.WaitForStatusAsync("cbor-auto", "ACTIVE");
        await server.CborAsync("StartStreamEncryption", ("StreamName", "cbor-auto"), ("EncryptionType", "KMS"), ("KeyId", "alias/aws/kinesis"));
        await server.WaitForStatusAsync("cbor-auto", "ACTIVE");
        var one = await server.CborAsync("PutRecord", ("StreamName", "cbor-auto"), ("Data", new byte[] { 1 }));
        one.Text("EncryptionType").ShouldBe("KMS");
        var many = await server.CborAsync("PutRecords", ("StreamName", "cbor-auto"), ("Records", new[] { ServerFixtureCbor.Map(("Data", new byte[] { 2 })) }));
        many.Text("EncryptionType").ShouldBe("KMS");
        var shard = int.Parse(one.Text("ShardId")["shardId-".Length..], System.Globalization.CultureInfo.InvariantCulture);
        var read = await server.CborAsync("GetRecords", ("ShardIterator", await server.IteratorAsync("cbor-auto", shard)));
        var record = read.List("Records")[0];
        record["EncryptionType"].ShouldBe("KMS");
        record.ContainsKey("PartitionKey").ShouldBeFalse();
        (await server.CborErrorAsync("PutRecord", ("StreamName", "cbor-auto"), ("Data", new byte[] { 1 }), ("DryRun", true))).Type.ShouldBe("DryRunOperationException");
    }
}
