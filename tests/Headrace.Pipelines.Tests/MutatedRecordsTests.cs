using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Headrace.Client;

namespace Headrace.Pipelines.Tests;

/// <summary>
/// Spoilt records among good ones: each good one arrives once, each spoilt one is a dead letter with its reason and its bytes. One record in
/// a hundred is spoilt; HEADRACE_MUTATED_AMONG sets how many good ones there are.
/// </summary>
public sealed class MutatedRecordsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int GoodForEachBad = 100;

    private PipelineServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await PipelineServer.StartAsync(
        ("de-c2w2lab1-kinesis-data-stream", 4), ("de-c2w2lab1-usa-data-stream", 2), ("de-c2w2lab1-international-data-stream", 2));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("pipeline.yaml")]
    [InlineData("pipeline-jq.yaml")]
    public async Task Good_records_arrive_once_and_spoilt_ones_are_dead_letters(string pipeline)
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("HEADRACE_MUTATED_AMONG") ?? "12000", CultureInfo.InvariantCulture);
        var letters = _server.At("letters.ndjson");
        var plan = PipelineFile.Load(Path.Combine(Repository.Root, "examples/streaming-ingestion", pipeline)).With(letters, "mutated");
        var (good, bad) = await ProduceAsync(plan.Source.Stream, count);

        // In two runs, the first cut short.
        var options = new PipelineRunOptions { Follow = false, Checkpoints = new FileCheckpointStore(_server.At("progress.json")) };
        var started = Stopwatch.GetTimestamp();
        await new PipelineRunner(_server.Client, plan, options with { Limit = count / 3 }).RunAsync();
        await new PipelineRunner(_server.Client, plan, options).RunAsync();
        var elapsed = Stopwatch.GetElapsedTime(started);

        var (missing, repeated) = await CompareAsync(plan, good);
        var found = 0;
        foreach (var line in File.ReadLines(letters))
        {
            using var letter = JsonDocument.Parse(line);
            var key = letter.RootElement.GetProperty("partitionKey").GetString()!;
            bad.Remove(key, out var mutated).ShouldBeTrue($"the letter of {key} is there twice, or it was good");
            var (stage, reason) = (letter.RootElement.GetProperty("stage").GetString()!, letter.RootElement.GetProperty("reason").GetString()!);
            (mutated!.Stage == "step" ? stage.StartsWith("steps[0].", StringComparison.Ordinal) : stage == mutated.Stage).ShouldBeTrue($"{key}: {stage}, not {mutated.Stage}: {reason}");
            reason.ShouldContain(mutated.Reason);
            reason.ShouldNotBeEmpty();
            letter.RootElement.GetProperty("dataBase64").GetBytesFromBase64().AsSpan().SequenceEqual(mutated.Json).ShouldBeTrue(key);
            found++;
        }
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{pipeline}: {count:N0} good records: missing {missing}, repeated {repeated}; {found:N0} spoilt ones in the dead letters, missing {bad.Count}; {elapsed.TotalSeconds:N0} s"));
        (missing, repeated, bad.Count).ShouldBe((0, 0, 0));
    }

    /// <summary>Good sessions, and a spoilt one behind each hundred.</summary>
    private async Task<(HashSet<string> Good, Dictionary<string, MutatedSession> Bad)> ProduceAsync(string stream, int count)
    {
        var generator = new UserSessionGenerator(11);
        var good = new HashSet<string>(count, StringComparer.Ordinal);
        var bad = new Dictionary<string, MutatedSession>(StringComparer.Ordinal);
        await using var producer = new Producer(_server.Client, stream);
        var failed = 0;
        for (var number = 0; number < count; number++)
        {
            var session = generator.Next();
            good.Add(session.SessionId);
            Watch(await producer.EnqueueAsync(session.Json, session.SessionId));
            if (number % GoodForEachBad != 0)
                continue;
            var mutated = MutatedSession.Of(generator.Next(), number / GoodForEachBad);
            bad.Add($"bad-{number}", mutated);
            Watch(await producer.EnqueueAsync(mutated.Json, $"bad-{number}"));
        }
        await producer.FlushAsync();
        failed.ShouldBe(0);
        return (good, bad);

        void Watch(Task<ProducedRecord> written) => _ = written.ContinueWith(
            _ => Interlocked.Increment(ref failed), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private async Task<(int Missing, int Repeated)> CompareAsync(PipelinePlan plan, HashSet<string> good)
    {
        var (wanted, repeated) = (good.Count, 0);
        var seen = new HashSet<string>(wanted, StringComparer.Ordinal);
        foreach (var destination in plan.Destinations)
        {
            await foreach (var record in new Consumer(_server.Client, destination.Stream!, new ConsumerOptions { Follow = false }).ReadAsync())
            {
                good.ShouldContain(record.PartitionKey);
                repeated += seen.Add(record.PartitionKey) ? 0 : 1;
            }
        }
        return (wanted - seen.Count, repeated);
    }
}
