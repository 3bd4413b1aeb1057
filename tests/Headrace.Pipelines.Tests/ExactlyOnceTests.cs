using System.Globalization;
using System.Text;
using System.Text.Json;
using Headrace.Client;

namespace Headrace.Pipelines.Tests;

/// <summary>What was worked on before, as after a crash, is worked on again, and is there once.</summary>
public sealed class ExactlyOnceTests : IAsyncLifetime
{
    private const string FanOut = """
        source: { stream: source }
        steps:
          - flatten: .items
        routes:
          - { to: [all, copies], continue: true }
          - { when: '.n % 3 == 0', to: thirds }
        destinations:
          all: { stream: all, partition-key: .k }
          copies: { stream: copies, partition-key: .k }
          thirds: { stream: all, partition-key: .n }
        dead-letter: { stream: dead }
        """;

    private PipelineServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await PipelineServer.StartAsync(("source", 2), ("all", 2), ("copies", 1), ("dead", 1));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Outputs_and_letters_of_a_run_that_forgot_its_progress_are_there_once()
    {
        var expected = await ProduceAsync(200);
        await PutAsync("no json", "bad-1");
        await PutAsync("""{"items":7}""", "bad-2");
        var plan = Plan(FanOut);

        var first = await RunAsync(plan, limit: 60);
        var second = await RunAsync(plan);
        var third = await RunAsync(plan);

        (first.Repeated, second.Repeated, third.Repeated).ShouldBe((0, first.Routed.Values.Sum(), second.Routed.Values.Sum()));
        await ShouldHoldAsync(expected);
        (await _server.ReadAsync("dead")).Select(letter => letter.PartitionKey).Order().ShouldBe(["bad-1", "bad-2"]);
    }

    [Fact]
    public async Task A_destination_that_stood_behind_gets_what_it_lacks_and_the_other_nothing()
    {
        var expected = await ProduceAsync(100);
        // As if the run had been killed when only one destination had taken anything.
        var plan = Plan(FanOut.Replace("to: [all, copies]", "to: all"));
        await RunAsync(plan);

        await RunAsync(Plan(FanOut));

        await ShouldHoldAsync(expected);
    }

    [Fact]
    public async Task Resharding_between_runs_changes_nothing()
    {
        var expected = await ProduceAsync(100);
        await RunAsync(Plan(FanOut), limit: 70);
        await ReshardAsync("source", 3);
        await ReshardAsync("all", 3);
        await ReshardAsync("copies", 2);
        expected.AddRange(await ProduceAsync(100, from: 100));
        await RunAsync(Plan(FanOut), limit: 150);
        await ReshardAsync("source", 2);
        await ReshardAsync("all", 2);

        await RunAsync(Plan(FanOut));

        await ShouldHoldAsync(expected);
    }

    [Fact]
    public async Task Another_group_sends_everything_again()
    {
        var expected = await ProduceAsync(10);
        await RunAsync(Plan(FanOut));
        await RunAsync(Plan(FanOut).With("stream:dead", "other"));

        (await _server.TextsAsync("copies")).Order().ShouldBe(expected.Concat(expected).Order());
    }

    [Fact]
    public async Task A_source_that_was_made_anew_is_not_taken_for_the_old_one()
    {
        await ProduceAsync(10);
        await RunAsync(Plan(FanOut));
        await _server.Client.DeleteStreamAsync("source");
        await Should.ThrowAsync<KinesisException>(async () =>
        {
            for (var deadline = DateTime.UtcNow.AddSeconds(30); DateTime.UtcNow < deadline;)
                await _server.Client.DescribeStreamSummaryAsync("source");
        });
        await _server.CreateAsync("source", 2);
        await ProduceAsync(10, from: 10);

        await RunAsync(Plan(FanOut));

        (await _server.TextsAsync("copies")).Count.ShouldBe(Items(0, 20).Count());
    }

    [Fact]
    public async Task What_a_destination_refuses_is_a_letter_once_and_holds_nothing_up()
    {
        // More than a record may have, through what the steps make of it.
        var plan = Plan("""
            source: { stream: source }
            steps: [{ jq: 'if .big then . + {big: ("x" * 1200000)} else . end' }]
            routes: [{ to: copies }]
            destinations: { copies: { stream: copies, partition-key: .k } }
            dead-letter: { stream: dead }
            """);
        for (var i = 0; i < 30; i++)
            await PutAsync(i % 10 == 4 ? $$"""{"k":"k","n":{{i}},"big":true}""" : $$"""{"k":"k","n":{{i}}}""", "one");

        (await RunAsync(plan)).DeadLettered.ShouldBe(3);
        await RunAsync(plan);

        (await _server.TextsAsync("copies")).ShouldBe(Enumerable.Range(0, 30).Where(i => i % 10 != 4).Select(i => $$"""{"k":"k","n":{{i}}}"""));
        var letters = (await _server.TextsAsync("dead")).Select(letter => JsonDocument.Parse(letter).RootElement).ToList();
        letters.Select(letter => letter.GetProperty("stage").GetString()).ShouldBe(["put", "put", "put"]);
        letters.Select(letter => Encoding.UTF8.GetString(letter.GetProperty("dataBase64").GetBytesFromBase64())).ShouldBe(
            [.. new[] { 4, 14, 24 }.Select(i => $$"""{"k":"k","n":{{i}},"big":true}""")]);
    }

    [Theory]
    [InlineData("{ stream: dead }")]
    [InlineData("{ file: letters.ndjson }")]
    public async Task What_windows_saved_leaves_once_though_nobody_knows_whether_it_had_arrived(string deadLetter)
    {
        var plan = Plan($$"""
            source: { stream: source }
            steps:
              - window: { size: 1m, time: .at, key: .k, aggregates: { count: count } }
            routes: [{ when: '.key != "lost"', to: copies }]
            destinations: { copies: { stream: copies, partition-key: .key } }
            dead-letter: {{deadLetter}}
            """);
        for (var minute = 0; minute < 4; minute++)
        {
            foreach (var key in new[] { "a", "b", "lost" })
                await PutAsync($$"""{"k":"{{key}}","at":{{1_700_000_000 + (60 * minute)}}}""", "one");
        }
        await PutAsync("no json", "one");
        var state = _server.At("state.json");
        await RunAsync(plan, state: state);
        var windows = (await _server.TextsAsync("copies")).Count;
        windows.ShouldBe(6);

        // As a crash between saving and the outputs' arrival would have left the state.
        await File.WriteAllTextAsync(state, Unsent(await File.ReadAllTextAsync(state)));
        await RunAsync(plan, state: state);

        (await _server.TextsAsync("copies")).Count.ShouldBe(windows);
        var letters = deadLetter.Contains("file", StringComparison.Ordinal) ? await File.ReadAllLinesAsync(_server.At("letters.ndjson")) : [.. await _server.TextsAsync("dead")];
        letters.Select(letter => JsonDocument.Parse(letter).RootElement.GetProperty("stage").GetString()).Order().ShouldBe(["parse", "route", "route", "route"]);
    }

    /// <summary>A state as it was saved before its outputs left: of the same windows, under the same numbers.</summary>
    private static string Unsent(string state)
    {
        using var saved = JsonDocument.Parse(state);
        var next = saved.RootElement.GetProperty("next").GetInt64();
        var outbox = Enumerable.Range(0, 6).Select(i => $"""[0,"a","{Convert.ToBase64String(Encoding.UTF8.GetBytes($"again {i}"))}",{next - 6 + i}]""");
        var failed = Enumerable.Range(0, 3).Select(i => $"""["route","again","{Convert.ToBase64String("1"u8)}",{i}]""");
        saved.RootElement.GetProperty("outbox").GetArrayLength().ShouldBe(0);
        return state.Replace("\"outbox\":[]", $"\"outbox\":[{string.Join(',', outbox)}]").Replace("\"failed\":[]", $"\"failed\":[{string.Join(',', failed)}]");
    }

    private static IEnumerable<(int N, string Json)> Items(int from, int count) =>
        Enumerable.Range(from, count).SelectMany(record => Enumerable.Range(0, record % 4).Select(item => (record, $$"""{"n":{{record}},"i":{{item}},"k":"k{{record % 7}}"}""")));

    private PipelinePlan Plan(string yaml) => PipelineFile.Parse(yaml, _server.At("fan-out.yaml")) is var plan && plan.DeadLetter.StartsWith("stream:", StringComparison.Ordinal)
        ? plan
        : plan.With(_server.At(plan.DeadLetter), plan.Source.Group);

    /// <summary>Without checkpoints: nothing of an earlier run is known here.</summary>
    private Task<PipelineProgress> RunAsync(PipelinePlan plan, long? limit = null, string? state = null) =>
        new PipelineRunner(_server.Client, plan, new PipelineRunOptions { Follow = false, Limit = limit, StateFile = state }).RunAsync();

    private Task PutAsync(string json, string key) => _server.Client.PutRecordAsync("source", Encoding.UTF8.GetBytes(json), key);

    /// <summary>Records of no, one, two or three items; returns all items.</summary>
    private async Task<List<string>> ProduceAsync(int count, int from = 0)
    {
        await using var producer = new Producer(_server.Client, "source");
        var written = new List<Task>();
        for (var record = from; record < from + count; record++)
        {
            var items = string.Join(',', Items(record, 1).Select(item => item.Json));
            written.Add(await producer.EnqueueAsync(Encoding.UTF8.GetBytes($$"""{"items":[{{items}}]}"""), string.Create(CultureInfo.InvariantCulture, $"k{record % 7}")));
        }
        await Task.WhenAll(written);
        return [.. Items(from, count).Select(item => item.Json)];
    }

    private async Task ShouldHoldAsync(List<string> expected)
    {
        var copies = await _server.TextsAsync("copies");
        copies.Order().ShouldBe(expected.Order());
        foreach (var key in copies.GroupBy(Key))
            key.ShouldBe(expected.Where(one => Key(one) == key.Key), key.Key);
        (await _server.TextsAsync("all")).Order().ShouldBe(expected.Concat(expected.Where(one => N(one) % 3 == 0)).Order());
    }

    private static string Key(string json)
    {
        using var item = JsonDocument.Parse(json);
        return item.RootElement.GetProperty("k").GetString()!;
    }

    private static int N(string json)
    {
        using var item = JsonDocument.Parse(json);
        return item.RootElement.GetProperty("n").GetInt32();
    }

    private async Task ReshardAsync(string stream, int shards)
    {
        await _server.Client.UpdateShardCountAsync(stream, shards);
        await _server.Client.WaitUntilActiveAsync(stream);
    }
}
