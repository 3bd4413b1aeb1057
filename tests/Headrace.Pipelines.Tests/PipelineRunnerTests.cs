using System.Text;
using System.Text.Json;
using Headrace.Client;

namespace Headrace.Pipelines.Tests;

/// <summary>Runs pipelines against a server of its own.</summary>
public sealed class PipelineRunnerTests : IAsyncLifetime
{
    private PipelineServer _server = null!;
    private KinesisClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PipelineServer.StartAsync(("source", 2), ("usa", 2), ("int", 1));
        _client = _server.Client;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_record_is_routed_once_or_becomes_a_dead_letter_and_a_restart_repeats_none()
    {
        var sessions = await ProduceAsync(400);
        await _client.PutRecordAsync("source", "no json"u8.ToArray(), "bad-1");
        await _client.PutRecordAsync("source", "{\"session_id\":\"x\"}"u8.ToArray(), "bad-2");

        // In three runs, the first two cut short.
        (await RunAsync(Options with { Limit = 150 })).Read.ShouldBe(150);
        (await RunAsync(Options with { Limit = 1 })).Read.ShouldBe(1);
        var last = await RunAsync(Options);
        (await RunAsync(Options)).Read.ShouldBe(0);

        last.Read.ShouldBe(402 - 151);
        var expected = sessions.ToLookup(s => Encoding.UTF8.GetString(s.Json.Span).Contains("\"country\":\"USA\"", StringComparison.Ordinal) ? "USA" : "International", s => s.SessionId);
        var usa = await ReadAsync("usa");
        usa.Select(r => r.PartitionKey).Order().ShouldBe(expected["USA"].Order());
        (await ReadAsync("int")).Select(r => r.PartitionKey).Order().ShouldBe(expected["International"].Order());
        Encoding.UTF8.GetString(usa[0].Data.Span).ShouldContain("\"overall_product_quantity\":");

        var letters = (await File.ReadAllLinesAsync(DeadLetterPath)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        letters.Select(l => l.GetProperty("partitionKey").GetString()).Order().ShouldBe(["bad-1", "bad-2"]);
        var letter = letters.Single(l => l.GetProperty("partitionKey").GetString() == "bad-1");
        letter.GetProperty("dataBase64").GetBytesFromBase64().ShouldBe("no json"u8.ToArray());
        letter.GetProperty("reason").GetString()!.ShouldStartWith("not JSON");
        letter.GetProperty("stage").GetString().ShouldBe("parse");
        letter.GetProperty("sourceStream").GetString().ShouldBe("source");
        (await ReadAsync("source")).ShouldContain(r => r.SequenceNumber == letter.GetProperty("sequenceNumber").GetString()
            && r.ShardId == letter.GetProperty("shardId").GetString());
    }

    [Fact]
    public async Task A_missing_destination_ends_the_run_and_loses_nothing()
    {
        var sessions = await ProduceAsync(50);
        await _client.DeleteStreamAsync("int");
        await Should.ThrowAsync<KinesisException>(async () =>
        {
            for (var deadline = DateTime.UtcNow.AddSeconds(10); DateTime.UtcNow < deadline;)
                await _client.DescribeStreamSummaryAsync("int");
        });

        (await Should.ThrowAsync<KinesisException>(() => RunAsync(Options))).ErrorType.ShouldBe("ResourceNotFoundException");
        File.Exists(DeadLetterPath).ShouldBeFalse();

        await CreateAsync("int", 1);
        await RunAsync(Options);
        (await ReadAsync("usa")).Concat(await ReadAsync("int")).Select(r => r.PartitionKey).Distinct().Order()
            .ShouldBe(sessions.Select(s => s.SessionId).Order());
    }

    [Fact]
    public async Task Dead_letters_can_go_to_a_stream()
    {
        await CreateAsync("dead", 1);
        await _client.PutRecordAsync("source", "[]"u8.ToArray(), "bad");

        var done = await RunAsync(Options, "stream:dead");

        done.DeadLettered.ShouldBe(1);
        var letter = (await ReadAsync("dead")).ShouldHaveSingleItem();
        letter.PartitionKey.ShouldBe("bad");
        Encoding.UTF8.GetString(letter.Data.Span).ShouldContain("a session is an object, not an array");
    }

    [Fact]
    public async Task A_following_run_takes_what_comes_and_ends_when_cancelled_with_its_progress_saved()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var routed = new TaskCompletionSource();
        var progress = new Reports(p =>
        {
            if (p.Routed.Values.Sum() == 20)
                routed.TrySetResult();
        });
        var running = new PipelineRunner(_client, Plan(), Options with { Follow = true }).RunAsync(progress, cancellation.Token);
        await ProduceAsync(20);
        await routed.Task.WaitAsync(cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        (await RunAsync(Options)).Read.ShouldBe(0);
    }

    [Fact]
    public async Task Dead_letters_go_through_again_and_those_that_fail_again_are_letters_again()
    {
        await _client.PutRecordAsync("source", "no json"u8.ToArray(), "bad-1");
        await _client.PutRecordAsync("source", """{"session_id":"x","country":"USA"}"""u8.ToArray(), "bad-2");
        (await RunAsync(Options)).DeadLettered.ShouldBe(2);
        var taken = DeadLetterPath + ".taken";
        // Somebody mends one of them.
        var mended = Convert.ToBase64String("""{"session_id":"x","country":"USA","browse_history":[]}"""u8);
        var lines = (await File.ReadAllLinesAsync(DeadLetterPath)).Select(line => line.Contains("bad-2") ? System.Text.RegularExpressions.Regex.Replace(line, "\"dataBase64\":\"[^\"]*\"", $"\"dataBase64\":\"{mended}\"") : line);
        await File.WriteAllLinesAsync(taken, lines);
        File.Delete(DeadLetterPath);

        var done = await new PipelineRunner(_client, Plan()).ReplayAsync(taken);

        (done.Read, done.DeadLettered).ShouldBe((2, 1));
        (await ReadAsync("usa")).ShouldHaveSingleItem().PartitionKey.ShouldBe("x");
        (await File.ReadAllLinesAsync(DeadLetterPath)).ShouldHaveSingleItem().ShouldContain("bad-1");
    }

    [Fact]
    public async Task A_run_that_shall_stop_at_an_error_moves_nothing_of_that_page_and_says_which_record()
    {
        await _client.PutRecordAsync("source", "no json"u8.ToArray(), "bad");
        var plan = PipelineFile.Parse("""
            source: { stream: source }
            routes: [{ to: usa }]
            destinations: { usa: { stream: usa } }
            on-error: stop
            """, "stop.yaml");

        var failure = await Should.ThrowAsync<PipelineException>(() => new PipelineRunner(_client, plan, Options).RunAsync());

        failure.Message.ShouldContain("parse: not JSON");
        (await Should.ThrowAsync<PipelineException>(() => new PipelineRunner(_client, plan, Options).RunAsync())).Message.ShouldBe(failure.Message);
    }

    [Fact]
    public async Task Letters_that_are_in_the_file_already_are_not_written_again_and_a_torn_one_is_removed()
    {
        await _client.PutRecordAsync("source", "no json"u8.ToArray(), "bad-1");
        await _client.PutRecordAsync("source", "nor this"u8.ToArray(), "bad-2");
        await RunAsync(Options);
        await File.AppendAllTextAsync(DeadLetterPath, "{\"reason\":\"to");

        // As after a crash before the checkpoint.
        await RunAsync(Options with { Checkpoints = null });

        (await File.ReadAllLinesAsync(DeadLetterPath)).Length.ShouldBe(2);
        await _client.PutRecordAsync("source", "a third"u8.ToArray(), "bad-3");
        await RunAsync(Options);
        (await File.ReadAllLinesAsync(DeadLetterPath)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("partitionKey").GetString()).Order().ShouldBe(["bad-1", "bad-2", "bad-3"]);
    }

    [Fact]
    public async Task Windows_count_each_record_once_over_runs_that_are_cut_short()
    {
        var plan = PipelineFile.Parse("""
            source: { stream: source }
            steps:
              - deduplicate: { key: .id, within: 1d, time: .at }
              - window: { size: 1m, time: .at, key: .kind, lateness: 1h, aggregates: { count: count, sum: { sum: .n }, ids: { distinct: .id } } }
            routes: [{ to: usa }]
            destinations: { usa: { stream: usa, partition-key: .key } }
            """, "windows.yaml");
        for (var i = 0; i < 60; i++)
            await _client.PutRecordAsync("source", Encoding.UTF8.GetBytes($$"""{"id":{{i / 2}},"at":{{1_700_000_040 + (i / 2)}},"kind":"k","n":{{i / 2}}}"""), "one");
        var options = Options with { StateFile = _server.At("state.json") };
        await new PipelineRunner(_client, plan, options with { Limit = 17 }).RunAsync();
        await new PipelineRunner(_client, plan, options with { Limit = 20 }).RunAsync();
        await new PipelineRunner(_client, plan, options).RunAsync();
        (await ReadAsync("usa")).ShouldBeEmpty();
        await _client.PutRecordAsync("source", """{"id":1000,"at":1700009999,"kind":"k","n":1}"""u8.ToArray(), "one");
        await new PipelineRunner(_client, plan, options).RunAsync();
        await new PipelineRunner(_client, plan, options).RunAsync();

        var window = (await ReadAsync("usa")).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(window.Data.Span).ShouldBe("""{"window_start":"2023-11-14T22:14:00Z","window_end":"2023-11-14T22:15:00Z","key":"k","count":30,"sum":435,"ids":30}""");
    }

    private string DeadLetterPath => _server.At("dead/letters.ndjson");

    private PipelineRunOptions Options => new() { Checkpoints = new FileCheckpointStore(_server.At("checkpoints.json")), Follow = false };

    private PipelinePlan Plan(string? deadLetter = null) => SessionPipeline.Create(new PipelineSource("source"), "usa", "int", deadLetter ?? DeadLetterPath);

    private Task<PipelineProgress> RunAsync(PipelineRunOptions options, string? deadLetter = null) => new PipelineRunner(_client, Plan(deadLetter), options).RunAsync();

    private Task CreateAsync(string stream, int shards) => _server.CreateAsync(stream, shards);

    private async Task<List<UserSession>> ProduceAsync(int count)
    {
        var generator = new UserSessionGenerator(5);
        var sessions = Enumerable.Range(0, count).Select(_ => generator.Next()).ToList();
        await using var producer = new Producer(_client, "source");
        var written = new List<Task>();
        foreach (var session in sessions)
            written.Add(await producer.EnqueueAsync(session.Json, session.SessionId));
        await Task.WhenAll(written);
        return sessions;
    }

    private Task<List<ConsumedRecord>> ReadAsync(string stream) => _server.ReadAsync(stream);

    private sealed class Reports(Action<PipelineProgress> take) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => take(value);
    }
}
