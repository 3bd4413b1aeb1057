using System.Text;
using System.Text.Json;
using Headrace.Client;

namespace Headrace.Pipelines.Tests;

/// <summary>Buckets as destinations and for dead letters: each output is in one object, whatever is repeated.</summary>
public sealed class BucketTests : IAsyncLifetime
{
    private readonly MemoryObjectStore _objects = new();
    private PipelineServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await PipelineServer.StartAsync(("source", 2));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Outputs_and_letters_of_runs_that_forgot_their_progress_are_there_once()
    {
        await ProduceAsync(0, 100);
        (await RunAsync(limit: 37)).Repeated.ShouldBe(0);
        await ProduceAsync(100, 100);
        var second = await RunAsync(limit: null);
        var third = await RunAsync(limit: null);

        second.Repeated.ShouldBeInRange(30, 37);
        third.Repeated.ShouldBe(200 - 20);
        ShouldHold(200);
        _objects.Keys.ShouldAllBe(key => key.EndsWith(".ndjson", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_object_whose_answer_was_lost_is_not_written_twice()
    {
        await ProduceAsync(0, 100);
        _objects.LostAnswers = 3;
        await RunAsync(limit: null);
        ShouldHold(100);
    }

    [Fact]
    public async Task Two_runs_that_write_the_same_at_a_time_write_it_once()
    {
        await ProduceAsync(0, 2_000);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync(limit: null)));
        ShouldHold(2_000);
    }

    [Fact]
    public async Task Records_wait_for_one_another_and_no_longer_than_they_may()
    {
        using var stop = new CancellationTokenSource();
        var plan = PipelineFile.Parse("""
            source: { stream: source }
            routes: [{ to: archive }]
            destinations: { archive: { bucket: 's3://b/archive', max-wait: 1s } }
            """, "copy.yaml");
        var running = new PipelineRunner(_server.Client, plan, new PipelineRunOptions { Objects = _objects }).RunAsync(cancellationToken: stop.Token);
        for (var i = 0; i < 20; i++)
            await _server.Client.PutRecordAsync("source", "{}"u8.ToArray(), "one");
        for (var deadline = DateTime.UtcNow.AddMinutes(1); _objects.Lines("archive/").Count < 20; await Task.Delay(20))
            DateTime.UtcNow.ShouldBeLessThan(deadline);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);

        _objects.Keys.Count.ShouldBeLessThan(20);
    }

    private async Task ProduceAsync(int from, int count)
    {
        await using var producer = new Producer(_server.Client, "source");
        var written = new List<Task>();
        for (var n = from; n < from + count; n++)
            written.Add(await producer.EnqueueAsync(Encoding.UTF8.GetBytes(n % 10 == 3 ? $"bad {n}" : $$"""{"n":{{n}}}"""), $"k{n % 7}"));
        await Task.WhenAll(written);
    }

    private Task<PipelineProgress> RunAsync(long? limit)
    {
        var plan = PipelineFile.Parse("""
            source: { stream: source }
            routes: [{ to: archive }]
            destinations: { archive: { bucket: 's3://b/archive' } }
            dead-letter: { bucket: 's3://b/letters' }
            """, "copy.yaml");
        return new PipelineRunner(_server.Client, plan, new PipelineRunOptions { Follow = false, Limit = limit, Objects = _objects }).RunAsync();
    }

    private void ShouldHold(int count)
    {
        var numbers = Enumerable.Range(0, count).ToList();
        _objects.Lines("archive/").Select(line => Read(line).GetProperty("n").GetInt32()).Order().ShouldBe(numbers.Where(n => n % 10 != 3));
        _objects.Lines("letters/").Select(line => Encoding.UTF8.GetString(Read(line).GetProperty("dataBase64").GetBytesFromBase64())).Order()
            .ShouldBe(numbers.Where(n => n % 10 == 3).Select(n => $"bad {n}").Order());
    }

    private static JsonElement Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
