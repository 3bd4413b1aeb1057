using Headrace.Client;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Client;

/// <summary>A server that holds shards to AWS's limits never has to refuse what a paced producer puts.</summary>
public sealed class PacedProducerTests
{
    private const int Records = 5_000;

    [Fact]
    public async Task A_paced_producer_is_not_throttled_and_one_without_pace_is()
    {
        await using var server = await ServerProcess.StartAsync(options: ["--limits", "aws"]);
        using var kinesis = new KinesisClient(new ClientOptions { EndpointUrl = server.Endpoint, Region = "us-east-1" });
        // A little below the limit, in one sequence of calls: so it does not matter how slow this machine is.
        (await ThrottledAsync(kinesis, "paced", new ShardRate(900, 900 * 1024))).ShouldBe(0);
        (await ThrottledAsync(kinesis, "unpaced", ShardRate.Unlimited)).ShouldBeGreaterThan(0);
    }

    /// <returns>How many records the server refused at first; all are stored in the end.</returns>
    private static async Task<long> ThrottledAsync(KinesisClient kinesis, string stream, ShardRate rate)
    {
        await kinesis.CreateStreamAsync(stream, shardCount: 2);
        await kinesis.WaitUntilActiveAsync(stream);
        using var counts = new RecordCounts(stream);
        var written = new List<Task<ProducedRecord>>();
        await using (var producer = new Producer(kinesis, stream, new ProducerOptions { ShardRate = rate, MaxInFlight = 1 }))
        {
            for (var i = 0; i < Records; i++)
                written.Add(await producer.EnqueueAsync(BitConverter.GetBytes(i), $"k{i}"));
        }
        (await Task.WhenAll(written)).Select(record => record.SequenceNumber).Distinct().Count().ShouldBe(Records);
        counts.Produced.ShouldBe(Records);
        return counts.PutAgain;
    }
}
