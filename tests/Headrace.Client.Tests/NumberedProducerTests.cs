using System.Text.Json;

namespace Headrace.Client.Tests;

public sealed class NumberedProducerTests
{
    [Fact]
    public async Task Numbers_and_position_go_along_and_over_all_attempts()
    {
        var sent = new List<string>();
        StubService stub = null!;
        stub = new StubService((_, members) =>
        {
            string? Header(string name) => stub.LastRequest!.Headers.TryGetValues(name, out var values) ? values.Single() : null;
            sent.Add($"{Header("x-headrace-producer")} {Header("x-headrace-numbers")} {Header("x-headrace-position")}");
            return sent.Count == 1 ? null : (200, Accept(members));
        });
        using var client = stub.Client();
        await using var producer = new Producer(client, "s", new ProducerOptions { Name = "p", MaxBatchRecords = 3, Linger = TimeSpan.FromSeconds(5) });
        var puts = new List<Task<ProducedRecord>>();
        foreach (var number in (long[])[4, 5, 9, 10, 11, 12])
            puts.Add(await producer.EnqueueAsync(new PutRecordsEntry(new byte[1], "k"), number, $"at {number}"));
        await Task.WhenAll(puts);

        sent.ShouldBe(["p 4,5,9 at 9", "p 4,5,9 at 9", "p 10 at 12"]);
        producer.TakesEachNumberOnce.ShouldBe(false, "the stub has answered without a number, as AWS does");
    }

    [Fact]
    public async Task Nothing_overtakes_a_record_that_failed()
    {
        var calls = 0;
        var stub = new StubService((_, members) => ++calls == 1 ? StubService.Error("ResourceNotFoundException") : (200, Accept(members)));
        using var client = stub.Client();
        await using var producer = new Producer(client, "s", new ProducerOptions { Name = "p", MaxBatchRecords = 1 });
        var first = await producer.EnqueueAsync(new PutRecordsEntry(new byte[1], "k"), 1);
        await Should.ThrowAsync<KinesisException>(() => first);
        var second = await producer.EnqueueAsync(new PutRecordsEntry(new byte[1], "k"), 2);
        await Should.ThrowAsync<InvalidOperationException>(() => second);
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_number_must_be_given_and_rise()
    {
        using var client = new StubService((_, members) => (200, Accept(members))).Client();
        await using var named = new Producer(client, "s", new ProducerOptions { Name = "p" });
        await Should.ThrowAsync<InvalidOperationException>(async () => await named.EnqueueAsync(new byte[1], "k"));
        await await named.EnqueueAsync(new PutRecordsEntry(new byte[1], "k"), 7);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await named.EnqueueAsync(new PutRecordsEntry(new byte[1], "k"), 7));
        await using var nameless = new Producer(client, "s");
        await Should.ThrowAsync<InvalidOperationException>(async () => await nameless.EnqueueAsync(new PutRecordsEntry(new byte[1], "k"), 7));
    }

    [Fact]
    public async Task A_service_without_numbers_is_told()
    {
        using var client = new StubService((_, _) => StubService.Error("UnknownOperationException")).Client();
        (await client.DescribeProducerAsync("s", "p")).ShouldBe(new ProducerStanding(false, null, null));
        using var ours = new StubService((_, _) => (200, """{"ProducerName":"p","Number":12,"Position":"x"}""")).Client();
        (await ours.DescribeProducerAsync("s", "p")).ShouldBe(new ProducerStanding(true, 12, "x"));
    }

    private static string Accept(JsonElement members)
    {
        var results = Enumerable.Range(0, members.GetProperty("Records").GetArrayLength()).Select(i => $$"""{"ShardId":"s0","SequenceNumber":"{{i}}"}""");
        return $$"""{"FailedRecordCount":0,"Records":[{{string.Join(',', results)}}]}""";
    }
}
