using System.Globalization;
using System.Text;
using System.Text.Json;
using Headrace.Protocol.Aggregation;
using Headrace.Protocol.HashKeys;

namespace Headrace.Client.Tests;

public sealed class AggregationTests
{
    private static readonly UInt128 Middle = UInt128.MaxValue / 2;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_aggregate_never_mixes_shards_and_keeps_each_keys_order(bool posted)
    {
        var wire = new List<(string Key, byte[] Data)>();
        using var client = Stub(wire).Client();
        var acknowledged = new List<Task<ProducedRecord>>();
        await using (var producer = new Producer(client, "s", new ProducerOptions { Aggregate = true, MaxAggregateBytes = 2_000 }))
        {
            for (var i = 0; i < 1_000; i++)
            {
                if (posted)
                    await producer.PostAsync(Encoding.UTF8.GetBytes($"{i}"), $"key-{i % 20}");
                else
                    acknowledged.Add(await producer.EnqueueAsync(Encoding.UTF8.GetBytes($"{i}"), $"key-{i % 20}"));
            }
        }

        var reader = new AggregateReader();
        var numbers = new List<(string Key, int Number)>();
        foreach (var (key, data) in wire)
        {
            data.Length.ShouldBeLessThanOrEqualTo(2_000);
            reader.TryRead(data).ShouldBeTrue();
            var records = Enumerable.Range(0, reader.Count).Select(i => reader[i]).ToList();
            records.Select(record => record.HashKey <= Middle).Distinct().ShouldBe([PartitionKeyHash.Of(Encoding.UTF8.GetBytes(key)) <= Middle]);
            numbers.AddRange(records.Select(record => (record.PartitionKeyText, int.Parse(record.Data.Span, CultureInfo.InvariantCulture))));
        }
        numbers.Select(record => record.Number).Order().ShouldBe(Enumerable.Range(0, 1_000));
        foreach (var key in numbers.GroupBy(record => record.Key, record => record.Number))
            key.ShouldBe(key.Order());
        acknowledged.Select(task => (task.Result.SequenceNumber, task.Result.SubSequenceNumber)).Distinct().Count().ShouldBe(posted ? 0 : 1_000);
    }

    [Fact]
    public async Task A_record_alone_is_put_as_it_is()
    {
        var wire = new List<(string Key, byte[] Data)>();
        using var client = Stub(wire).Client();
        await using var producer = new Producer(client, "s", new ProducerOptions { Aggregate = true });
        var place = await await producer.EnqueueAsync("alone"u8.ToArray(), "k");
        place.SubSequenceNumber.ShouldBeNull();
        wire.Single().Data.ShouldBe("alone"u8.ToArray());
    }

    [Fact]
    public async Task A_shard_that_is_another_than_foreseen_makes_the_producer_look_again()
    {
        var wire = new List<(string Key, byte[] Data)>();
        var stub = Stub(wire, shardOf: _ => "shardId-000000000009");
        using var client = stub.Client();
        await using var producer = new Producer(client, "s", new ProducerOptions { Aggregate = true, MaxInFlight = 1 });
        await await producer.EnqueueAsync(new byte[1], "k");
        await await producer.EnqueueAsync(new byte[1], "k");
        stub.Operations.ShouldBe(["ListShards", "PutRecords", "ListShards", "PutRecords"]);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("7:1", 2)]
    [InlineData("7:0", 1)]
    [InlineData("7", 3)]
    public async Task Reading_goes_on_inside_of_an_aggregate(string? checkpoint, int from)
    {
        byte[] aggregate;
        using (var writer = new AggregateWriter())
        {
            foreach (var n in (int[])[0, 1, 2])
                writer.Add($"k{n}", null, Encoding.UTF8.GetBytes($"{n}"));
            using var bytes = new Protocol.PooledBuffer();
            writer.WriteTo(bytes);
            aggregate = bytes.WrittenSpan.ToArray();
        }
        var stub = new StubService((operation, members) => (200, operation switch
        {
            "ListShards" => Shards("shardId-000000000000", 0, UInt128.MaxValue, "9"),
            "GetShardIterator" => $$"""{"ShardIterator":"{{members.GetProperty("ShardIteratorType").GetString()}}"}""",
            _ => $$"""
                {"MillisBehindLatest":0,"Records":[{{(members.GetProperty("ShardIterator").GetString() == "AFTER_SEQUENCE_NUMBER" ? "" :
                    $$"""{"SequenceNumber":"7","PartitionKey":"a","ApproximateArrivalTimestamp":1,"Data":"{{Convert.ToBase64String(aggregate)}}"},""")}}
                {"SequenceNumber":"8","PartitionKey":"k3","ApproximateArrivalTimestamp":1,"Data":"Mw=="}]}
                """,
        }));
        using var client = stub.Client();
        var store = new FixedCheckpoints(checkpoint);
        var read = new List<ConsumedRecord>();
        await foreach (var record in new Consumer(client, "s", new ConsumerOptions { Deaggregate = true, Follow = false, Checkpoints = store }).ReadAsync())
            read.Add(record);

        read.Select(record => Encoding.UTF8.GetString(record.Data.Span)).ShouldBe(Enumerable.Range(from, 4 - from).Select(n => $"{n}"));
        read.Select(record => record.PartitionKey).ShouldBe(Enumerable.Range(from, 4 - from).Select(n => $"k{n}"));
        read.Select(record => record.Checkpoint).ShouldBe(new[] { "7:0", "7:1", "7", "8" }[from..]);
    }

    private static StubService Stub(List<(string Key, byte[] Data)> wire, Func<string, string>? shardOf = null) => new((operation, members) =>
    {
        if (operation == "ListShards")
            return (200, Shards("shardId-000000000000", 0, Middle, null, ("shardId-000000000001", Middle + 1, UInt128.MaxValue)));
        var results = members.GetProperty("Records").EnumerateArray().Select(record =>
        {
            var key = record.GetProperty("PartitionKey").GetString()!;
            wire.Add((key, record.GetProperty("Data").GetBytesFromBase64()));
            var shard = shardOf?.Invoke(key) ?? (PartitionKeyHash.Of(Encoding.UTF8.GetBytes(key)) <= Middle ? "shardId-000000000000" : "shardId-000000000001");
            return $$"""{"ShardId":"{{shard}}","SequenceNumber":"{{wire.Count}}"}""";
        }).ToList();
        return (200, $$"""{"FailedRecordCount":0,"Records":[{{string.Join(',', results)}}]}""");
    });

    private static string Shards(string id, UInt128 start, UInt128 end, string? ending, params (string Id, UInt128 Start, UInt128 End)[] more)
    {
        var shards = more.Prepend((Id: id, Start: start, End: end)).Select(shard => new
        {
            ShardId = shard.Id,
            HashKeyRange = new { StartingHashKey = $"{shard.Start}", EndingHashKey = $"{shard.End}" },
            SequenceNumberRange = new { StartingSequenceNumber = "0", EndingSequenceNumber = ending },
        });
        return JsonSerializer.Serialize(new { Shards = shards });
    }

    private sealed class FixedCheckpoints(string? checkpoint) : ICheckpointStore
    {
        public Task<IReadOnlyDictionary<string, string>> LoadAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(
                checkpoint is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["shardId-000000000000"] = checkpoint });

        public Task SaveAsync(IReadOnlyDictionary<string, string> checkpoints, CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
