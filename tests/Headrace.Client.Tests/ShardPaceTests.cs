using Microsoft.Extensions.Time.Testing;

namespace Headrace.Client.Tests;

public sealed class ShardPaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Half_a_seconds_records_leave_at_once_and_then_the_rate_goes_on()
    {
        var pace = new ShardPace(_time, new ShardRate(1000, 1 << 20));
        for (var i = 0; i < 500; i++)
            pace.Take("a", 10).ShouldBe(TimeSpan.Zero);
        pace.Take("a", 10).TotalMilliseconds.ShouldBe(1, tolerance: 0.01);
        pace.Take("b", 10).ShouldBe(TimeSpan.Zero, "another shard has its own share");
        _time.Advance(TimeSpan.FromMilliseconds(10));
        for (var i = 0; i < 10; i++)
            pace.Take("a", 10).ShouldBe(TimeSpan.Zero);
        pace.Take("a", 10).ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void Bytes_count_and_a_record_larger_than_what_is_saved_up_leaves_when_all_is_there()
    {
        var pace = new ShardPace(_time, new ShardRate(1000, 1000));
        pace.Take("a", 400).ShouldBe(TimeSpan.Zero);
        pace.Take("a", 2000).TotalSeconds.ShouldBe(0.4, tolerance: 0.001);
        _time.Advance(TimeSpan.FromSeconds(0.4));
        pace.Take("a", 2000).ShouldBe(TimeSpan.Zero);
        pace.Take("a", 500).TotalSeconds.ShouldBe(2, tolerance: 0.001);
    }

    [Fact]
    public async Task Records_of_a_shard_keep_their_order_and_none_is_refused()
    {
        var shards = new[] { "shardId-000000000000", "shardId-000000000001" };
        var taken = new Dictionary<string, List<int>> { [shards[0]] = [], [shards[1]] = [] };
        var middle = (UInt128.MaxValue / 2) + 1;
        var stub = new StubService((operation, members) =>
        {
            if (operation == "ListShards")
            {
                return (200, $$$"""
                    {"Shards":[{"ShardId":"{{{shards[0]}}}","HashKeyRange":{"StartingHashKey":"0","EndingHashKey":"{{{middle - 1}}}"},"SequenceNumberRange":{"StartingSequenceNumber":"1"}},
                    {"ShardId":"{{{shards[1]}}}","HashKeyRange":{"StartingHashKey":"{{{middle}}}","EndingHashKey":"{{{UInt128.MaxValue}}}"},"SequenceNumberRange":{"StartingSequenceNumber":"1"}}]}
                    """);
            }
            var results = members.GetProperty("Records").EnumerateArray().Select(record =>
            {
                var shard = record.GetProperty("ExplicitHashKey").GetString() == "0" ? shards[0] : shards[1];
                taken[shard].Add(BitConverter.ToInt32(record.GetProperty("Data").GetBytesFromBase64()));
                return $$"""{"ShardId":"{{shard}}","SequenceNumber":"1"}""";
            }).ToList();
            return (200, $$"""{"FailedRecordCount":0,"Records":[{{string.Join(',', results)}}]}""");
        });
        using var client = stub.Client();
        // 20 records of the first shard leave at once, and one of the second.
        var options = new ProducerOptions { ShardRate = new ShardRate(40, 1000), MaxInFlight = 1, Linger = TimeSpan.FromMilliseconds(1) };
        await using (var producer = new Producer(client, "s", options))
        {
            for (var i = 0; i < 30; i++)
                await producer.EnqueueAsync(new PutRecordsEntry(BitConverter.GetBytes(i), "k", i % 15 == 14 ? $"{middle}" : "0"));
        }
        taken[shards[0]].ShouldBe(Enumerable.Range(0, 30).Where(i => i % 15 != 14));
        taken[shards[1]].ShouldBe([14, 29]);
        stub.Operations.Count(operation => operation == "PutRecords").ShouldBeGreaterThan(1, "what the shard does not take yet is held back");
    }
}
