using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Headrace.Client.Tests;

public sealed class ProducerTests
{
    [Fact]
    public async Task Only_failed_records_are_put_again_and_a_key_keeps_its_order()
    {
        var random = new Random(1);
        var stored = new List<(string Key, int Number)>();
        var stub = new StubService((_, members) =>
        {
            if (random.Next(4) == 0)
                return StubService.Error("InternalFailure", 500);
            // As the service does it, a throttled shard refuses all of its records of a call.
            var throttled = random.Next(3);
            var results = members.GetProperty("Records").EnumerateArray().Select(record =>
            {
                var key = record.GetProperty("PartitionKey").GetString()!;
                if (key[0] % 3 == throttled)
                    return """{"ErrorCode":"ProvisionedThroughputExceededException","ErrorMessage":"slow down"}""";
                stored.Add((key, int.Parse(Encoding.UTF8.GetString(record.GetProperty("Data").GetBytesFromBase64()), CultureInfo.InvariantCulture)));
                return $$"""{"ShardId":"s{{key[0] % 3}}","SequenceNumber":"{{stored.Count}}"}""";
            }).ToList();
            return (200, $$"""{"FailedRecordCount":{{results.Count(r => r.Contains("ErrorCode"))}},"Records":[{{string.Join(',', results)}}]}""");
        });
        using var client = stub.Client();
        var acknowledged = new List<Task<ProducedRecord>>();
        await using (var producer = new Producer(client, "s", new ProducerOptions { MaxBatchRecords = 7, Linger = TimeSpan.FromMilliseconds(1) }))
        {
            for (var i = 0; i < 200; i++)
                acknowledged.Add(await producer.EnqueueAsync(Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)), ((char)('a' + (i % 9))).ToString()));
            await producer.FlushAsync();
            acknowledged.ShouldAllBe(task => task.IsCompletedSuccessfully);
        }

        stored.Select(s => s.Number).Order().ShouldBe(Enumerable.Range(0, 200));
        foreach (var key in stored.GroupBy(s => s.Key, s => s.Number))
            key.ShouldBe(key.Order());
        acknowledged.Select(task => task.Result.SequenceNumber).Distinct().Count().ShouldBe(200);
    }

    [Fact]
    public async Task An_outage_is_ridden_out()
    {
        var calls = 0;
        var stub = new StubService((_, members) => ++calls < 3 ? null : (200, Accept(members)));
        using var client = stub.Client();
        await using var producer = new Producer(client, "s");

        var written = await producer.EnqueueAsync(new byte[3], "k");

        (await written).ShardId.ShouldBe("s0");
        calls.ShouldBe(3);
    }

    [Fact]
    public async Task Tries_of_the_same_records_are_one_call_and_the_rest_of_a_partial_answer_is_another()
    {
        var attempts = new List<(string Id, string Attempt)>();
        StubService stub = null!;
        stub = new StubService((_, members) =>
        {
            attempts.Add((stub.LastRequest!.Headers.GetValues("amz-sdk-invocation-id").Single(), stub.LastRequest.Headers.GetValues("amz-sdk-request").Single()));
            return attempts.Count switch
            {
                1 => null,
                2 => StubService.Error("InternalFailure", 500),
                3 => (200, """{"FailedRecordCount":1,"Records":[{"ShardId":"s0","SequenceNumber":"1"},{"ErrorCode":"InternalFailure"}]}"""),
                4 => null,
                _ => (200, Accept(members)),
            };
        });
        using var client = stub.Client();
        await using var producer = new Producer(client, "s", new ProducerOptions { MaxBatchRecords = 2 });
        var first = await producer.EnqueueAsync(new byte[3], "k");
        var second = await producer.EnqueueAsync(new byte[4], "k");
        await first;
        await second;

        attempts.Select(attempt => attempt.Attempt).ShouldBe(["attempt=1", "attempt=2", "attempt=3", "attempt=1", "attempt=2"]);
        attempts.Select(attempt => attempt.Id).Distinct().Count().ShouldBe(2);
        attempts[0].Id.ShouldBe(attempts[2].Id);
        attempts[3].Id.ShouldBe(attempts[4].Id);
    }

    [Fact]
    public async Task A_record_fails_when_the_server_stays_away_and_later_records_go_on()
    {
        var away = true;
        var stub = new StubService((_, members) => away ? null : (200, Accept(members)));
        using var client = stub.Client();
        await using var producer = new Producer(client, "s", new ProducerOptions { RetryFor = TimeSpan.Zero });

        var lost = await producer.EnqueueAsync(new byte[3], "k");
        await Should.ThrowAsync<EndpointUnreachableException>(() => lost);
        away = false;
        await await producer.EnqueueAsync(new byte[3], "k");
    }

    [Fact]
    public async Task Enqueuing_waits_while_too_much_is_unacknowledged()
    {
        var gate = new TaskCompletionSource();
        var stub = new StubService((_, members) => gate.Task.IsCompleted ? (200, Accept(members)) : StubService.Error("InternalFailure", 500));
        using var client = stub.Client();
        await using var producer = new Producer(client, "s", new ProducerOptions { MaxBufferedBytes = 10 });
        var first = await producer.EnqueueAsync(new byte[8], "k");

        var second = producer.EnqueueAsync(new byte[8], "k").AsTask();
        second.IsCompleted.ShouldBeFalse();
        using var cancelled = new CancellationTokenSource();
        var third = producer.EnqueueAsync(new byte[8], "k", cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => third);
        gate.SetResult();

        await first;
        await await second;
    }

    [Fact]
    public async Task A_batch_stays_within_its_bytes()
    {
        var largest = 0;
        var stub = new StubService((_, members) =>
        {
            largest = Math.Max(largest, members.GetProperty("Records").EnumerateArray().Sum(r => r.GetProperty("Data").GetBytesFromBase64().Length + 1));
            return (200, Accept(members));
        });
        using var client = stub.Client();
        await using var producer = new Producer(client, "s", new ProducerOptions { MaxBatchBytes = 100, MaxInFlight = 1 });
        for (var i = 0; i < 40; i++)
            await producer.EnqueueAsync(new byte[i], "k");
        await producer.FlushAsync();

        largest.ShouldBeInRange(41, 100);
    }

    private static string Accept(JsonElement members)
    {
        var results = members.GetProperty("Records").EnumerateArray().Select((_, i) => $$"""{"ShardId":"s0","SequenceNumber":"{{i}}"}""");
        return $$"""{"FailedRecordCount":0,"Records":[{{string.Join(',', results)}}]}""";
    }
}
