using System.Formats.Cbor;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Headrace.Server.AwsCbor;
using Headrace.Server.AwsJson;
using Headrace.Server.Kinesis;
using Headrace.ShardLog;

namespace Headrace.Server.Tests.AwsCbor;

public sealed class TranscodingTests
{
    // All members' names of the Kinesis API, by the type that the API's model gives them.
    private const string BlobNames = "Data";
    private const string TimestampNames = "ApproximateArrivalTimestamp ChannelCreationTimestamp ConsumerCreationTimestamp EarliestAllowedEndAt EndedAt StartedAt StreamCreationTimestamp Timestamp";
    private const string MapNames = "Tags";
    private const string OtherNames =
        """
        AdjacentParentShardId AdjacentShardToMerge ChannelARN ChildShards Consumer ConsumerARN ConsumerCount ConsumerDescription ConsumerName
        ConsumerStatus Consumers ContinuationSequenceNumber CurrentMiBps CurrentShardCount CurrentShardLevelMetrics DesiredShardLevelMetrics
        EncryptionType EndingHashKey EndingSequenceNumber EnforceConsumerDeletion EnhancedMonitoring ErrorCode ErrorMessage EventStream
        ExclusiveStartShardId ExclusiveStartStreamName ExclusiveStartTagKey ExplicitHashKey FailedRecordCount HasMoreShards HasMoreStreams
        HasMoreTags HashKeyRange Key KeyId Limit MaxRecordSizeInKiB MaxResults MillisBehindLatest MinimumThroughputBillingCommitment
        NewStartingHashKey NextShardIterator NextToken OnDemandStreamCount OnDemandStreamCountLimit OpenShardCount ParentShardId ParentShards
        PartitionKey Policy RecordDistributionStrategy Records ResourceARN RetentionPeriodHours ScalingType SequenceNumber
        SequenceNumberForOrdering SequenceNumberRange ShardCount ShardFilter ShardId ShardIterator ShardIteratorType ShardLevelMetrics ShardLimit
        ShardToMerge ShardToSplit Shards StartingHashKey StartingPosition StartingSequenceNumber Status StreamARN StreamDescription
        StreamDescriptionSummary StreamId StreamMode StreamModeDetails StreamName StreamNames StreamStatus StreamSummaries
        SubscribeToShardEvent TagKeys TargetMiBps TargetShardCount Type Value WarmThroughput WarmThroughputMiBps message
        """;

    private static readonly byte[][] Seeds =
    [
        CborDocument.Encode(PutRecordsBody()),
        CborDocument.Encode(PutRecordsBody(), definite: true),
        CborDocument.Encode(ServerFixtureCbor.Map(("StreamName", "s"), ("PartitionKey", "k"), ("Data", new byte[30]), ("x", 1.5), ("y", new object?[] { true, null, -7L }))),
        CborDocument.Encode(ServerFixtureCbor.Map(("Timestamp", DateTimeOffset.UnixEpoch), ("Tags", ServerFixtureCbor.Map(("a", "b"))))),
    ];

    private static readonly Gen<JsonNode?> Scalars = Gen.OneOf(
        Gen.Const((JsonNode?)null),
        Gen.Bool.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Long.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.ULong.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Double.Where(double.IsFinite).Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Char[' ', '퟿'].Array[0, 40].Select(text => (JsonNode?)JsonValue.Create(new string(text))),
        Gen.Char['\0', '~'].Array[0, 300].Select(text => (JsonNode?)JsonValue.Create(new string(text))));

    private static readonly Gen<byte[]> Garbage = Gen.Byte.Array[0, 200];

    private static readonly Gen<byte[]> Mutated = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4000], Gen.Byte, Gen.Int[1, 6], Garbage, (seed, at, value, kind, garbage) => Mutate(Seeds[seed], at, value, kind, garbage));

    public static TheoryData<string, string> Names => new()
    {
        { nameof(MemberKind.Blob), BlobNames },
        { nameof(MemberKind.Timestamp), TimestampNames },
        { nameof(MemberKind.Map), MapNames },
        { nameof(MemberKind.Plain), OtherNames },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_member_of_the_API_is_of_its_kind(string kind, string names)
    {
        foreach (var name in names.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            KinesisService.CborMembers.KindOf(Encoding.UTF8.GetBytes(name)).ToString().ShouldBe(kind, name);
    }

    [Fact]
    public void Any_JSON_survives_the_way_through_CBOR() => Trees(4).Sample(tree =>
    {
        var json = tree?.ToJsonString() ?? "null";
        using var cbor = new PooledBuffer();
        JsonToCbor.Transcode(Encoding.UTF8.GetBytes(json), KinesisService.CborMembers, cbor);
        // .NET's own reader finds it well formed too.
        new CborReader(cbor.WrittenMemory.ToArray()).SkipValue();
        using var back = new PooledBuffer();
        CborToJson.Transcode(cbor.WrittenSpan, KinesisService.CborMembers, back);
        JsonNode.DeepEquals(JsonNode.Parse(back.WrittenSpan), tree).ShouldBeTrue(json);
    });

    [Fact]
    public void Random_bytes_are_taken_or_refused() => Garbage.Sample(Try, iter: 20_000);

    [Fact]
    public void Requests_with_changed_bytes_are_taken_or_refused() => Mutated.Sample(Try, iter: 50_000);

    [Fact]
    public void Blobs_and_times_change_their_form_and_maps_keep_theirs()
    {
        const string json = """{"Data":"AAEC","Timestamp":1787036486.712,"Tags":{"Data":"AAEC","Timestamp":"1"},"StartedAt":-0.5,"Records":[{"Data":""}]}""";
        using var cbor = new PooledBuffer();
        JsonToCbor.Transcode(Encoding.UTF8.GetBytes(json), KinesisService.CborMembers, cbor);
        var value = CborDocument.Decode(cbor.WrittenMemory).ShouldBeOfType<Dictionary<string, object?>>();
        value["Data"].ShouldBe(new byte[] { 0, 1, 2 });
        value["Timestamp"].ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1787036486712));
        value["StartedAt"].ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(-500));
        value["Tags"].ShouldBe(ServerFixtureCbor.Map(("Data", "AAEC"), ("Timestamp", "1")));
        using var back = new PooledBuffer();
        CborToJson.Transcode(cbor.WrittenSpan, KinesisService.CborMembers, back);
        Encoding.UTF8.GetString(back.WrittenSpan).ShouldBe(json);
    }

    /// <summary>What is taken must be CBOR by .NET's own reader, and JSON afterwards.</summary>
    private static void Try(byte[] cbor)
    {
        foreach (var single in new[] { true, false })
        {
            using var batch = new RecordBatch();
            using var body = new Server.Kinesis.PutRecordsBody(batch);
            if (PutRecordsCborBody.TryParse(cbor, body, single))
                new CborReader(cbor, CborConformanceMode.Lax).SkipValue();
        }
        using var json = new PooledBuffer();
        try
        {
            CborToJson.Transcode(cbor, KinesisService.CborMembers, json);
        }
        catch (WireException fault)
        {
            fault.Type.ShouldBe("SerializationException");
            return;
        }
        new CborReader(cbor, CborConformanceMode.Lax).SkipValue();
        using var document = JsonDocument.Parse(json.WrittenMemory);
    }

    private static Gen<JsonNode?> Trees(int depth) => depth == 0 ? Scalars : Gen.OneOf(
        Scalars,
        Trees(depth - 1).Array[0, 4].Select(items => (JsonNode?)new JsonArray(items.Select(item => item?.DeepClone()).ToArray())),
        Gen.Select(Gen.Char['!', 'é'].Array[1, 12], Trees(depth - 1)).Array[0, 4].Select(members =>
            (JsonNode?)new JsonObject(members.DistinctBy(member => new string(member.Item1)).Select(member => KeyValuePair.Create(new string(member.Item1), member.Item2?.DeepClone())))));

    private static byte[] Mutate(byte[] seed, int at, byte value, int kind, byte[] garbage)
    {
        at %= seed.Length;
        var changed = seed.ToArray();
        changed[at] = kind switch
        {
            1 => value,
            2 => (byte)(changed[at] ^ (1 << (value & 7))),
            3 => (byte)(changed[at] + 1),
            _ => changed[at],
        };
        return kind switch
        {
            4 => changed[..at],
            5 => [.. changed[..at], .. garbage, .. changed[at..]],
            6 => [.. changed[..at], .. changed[Math.Min(changed.Length, at + 1 + (value & 15))..]],
            _ => changed,
        };
    }

    private static Dictionary<string, object?> PutRecordsBody() => ServerFixtureCbor.Map(
        ("StreamName", "stream"),
        ("Records", Enumerable.Range(0, 5).Select(i => (object?)ServerFixtureCbor.Map(("Data", new byte[i * 20]), ("PartitionKey", $"key-{i}"), ("ExplicitHashKey", "12"))).ToList()));
}
