using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Headrace.Client.Tests;

/// <summary>Records that nobody waits for: written all the same, and never lost in silence.</summary>
public sealed class PostedRecordsTests
{
    [Fact]
    public async Task A_flush_ends_when_all_that_were_posted_are_written()
    {
        var stored = new List<(string Key, int Number)>();
        var calls = 0;
        var stub = new StubService((_, members) =>
        {
            if (Interlocked.Increment(ref calls) % 3 == 0)
                return StubService.Error("InternalFailure", 500);
            lock (stored)
            {
                stored.AddRange(members.GetProperty("Records").EnumerateArray().Select(record => (
                    record.GetProperty("PartitionKey").GetString()!,
                    int.Parse(record.GetProperty("Data").GetBytesFromBase64(), CultureInfo.InvariantCulture))));
            }
            return (200, Accept(members));
        });
        using var client = stub.Client();
        await using var producer = new Producer(client, "s", new ProducerOptions { MaxBatchRecords = 50, Linger = TimeSpan.FromMilliseconds(1) });

        for (var i = 0; i < 1_000; i++)
            await producer.PostAsync(Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)), $"key-{i % 20}");
        await producer.PostAsync(new PutRecordsEntry("1000"u8.ToArray(), "key-0", "0"));
        await producer.FlushAsync();

        stored.Select(record => record.Number).Order().ShouldBe(Enumerable.Range(0, 1_001));
        foreach (var key in stored.GroupBy(record => record.Key, record => record.Number))
            key.ShouldBe(key.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task What_waits_for_company_leaves_once_there_is_no_room_for_company(int lanes)
    {
        using var client = new StubService((_, members) => (200, Accept(members))).Client();
        await using var producer = new Producer(client, "s", new ProducerOptions { Linger = TimeSpan.FromHours(1), MaxBufferedBytes = 2_000, MaxInFlight = lanes });

        for (var i = 0; i < 100; i++)
            await producer.PostAsync(new byte[200], $"k{i}").AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        await producer.FlushAsync();
    }

    [Fact]
    public async Task Lost_records_are_handed_back_and_the_next_flush_tells_of_them_once()
    {
        var lost = new List<(string Text, Exception Why)>();
        var stub = new StubService((_, members) => members.GetProperty("Records").EnumerateArray().Any(record => record.GetProperty("PartitionKey").ValueEquals("bad"))
            ? StubService.Error("AccessDeniedException", 400)
            : (200, """{"FailedRecordCount":0,"Records":[{"ShardId":"s0","SequenceNumber":"1"}]}"""));
        using var client = stub.Client();
        await using var producer = new Producer(client, "s", new ProducerOptions
        {
            MaxBatchRecords = 1,
            OnLost = (record, why) =>
            {
                lock (lost)
                    lost.Add((Encoding.UTF8.GetString(record.Data.Span), why));
                throw new InvalidOperationException("who listens may not stop the lane");
            },
        });

        await producer.PostAsync("one"u8.ToArray(), "bad");
        await producer.PostAsync("two"u8.ToArray(), "bad");
        await producer.PostAsync("three"u8.ToArray(), "good");
        var told = await Should.ThrowAsync<PostedRecordsLostException>(() => producer.FlushAsync());

        told.Count.ShouldBe(2);
        told.InnerException.ShouldBeOfType<AccessDeniedException>();
        lost.Select(record => record.Text).ShouldBe(["one", "two"]);
        lost.ShouldAllBe(record => record.Why is AccessDeniedException);
        await producer.FlushAsync();
    }

    [Fact]
    public async Task Disposing_tells_of_lost_records_that_no_flush_has_told_of()
    {
        var stub = new StubService((_, _) => null);
        using var client = stub.Client();
        var producer = new Producer(client, "s", new ProducerOptions { RetryFor = TimeSpan.Zero });

        await producer.PostAsync(new byte[3], "k");

        (await Should.ThrowAsync<PostedRecordsLostException>(async () => await producer.DisposeAsync())).InnerException.ShouldBeOfType<EndpointUnreachableException>();
    }

    [Fact]
    public async Task A_numbering_producer_posts_numbers_and_others_do_not()
    {
        var sent = new List<string>();
        StubService stub = null!;
        stub = new StubService((_, members) =>
        {
            sent.Add(stub.LastRequest!.Headers.GetValues("x-headrace-numbers").Single());
            return (200, Accept(members));
        });
        using var client = stub.Client();
        await using var named = new Producer(client, "s", new ProducerOptions { Name = "p" });
        await named.PostAsync(new PutRecordsEntry(new byte[1], "k"), 7, "at 7");
        await named.FlushAsync();

        sent.ShouldBe(["7"]);
        Should.Throw<InvalidOperationException>(() => named.PostAsync(new byte[1], "k").AsTask());
        Should.Throw<ArgumentOutOfRangeException>(() => named.PostAsync(new PutRecordsEntry(new byte[1], "k"), 7).AsTask());
        await using var nameless = new Producer(client, "s");
        Should.Throw<InvalidOperationException>(() => nameless.PostAsync(new PutRecordsEntry(new byte[1], "k"), 7).AsTask());
    }

    private static string Accept(JsonElement members)
    {
        var results = members.GetProperty("Records").EnumerateArray().Select((_, i) => $$"""{"ShardId":"s0","SequenceNumber":"{{i}}"}""");
        return $$"""{"FailedRecordCount":0,"Records":[{{string.Join(',', results)}}]}""";
    }
}
