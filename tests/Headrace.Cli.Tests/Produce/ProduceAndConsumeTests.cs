using System.Text.Json;

namespace Headrace.Cli.Tests.Produce;

public sealed class ProduceAndConsumeTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.RunAsync(0, ["streams", "create", "orders", "--shards", "2"]);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_record_goes_in_and_comes_out_as_it_was()
    {
        const string record = """{"session_id":"a1","customer_number":100,"city":"Washington","country":"USA"}""";
        var produced = await _server.RunAsync(0, ["produce", "--stream", "orders", "--json_string", record, "--output", "json"]);
        using var acknowledged = JsonDocument.Parse(produced.OutputLines.ShouldHaveSingleItem());
        acknowledged.RootElement.GetProperty("partitionKey").GetString().ShouldBe("a1");

        var consumed = await _server.RunAsync(0, ["consume", "--stream", "orders", "--limit", "1", "--output", "json"]);
        using var line = JsonDocument.Parse(consumed.OutputLines.ShouldHaveSingleItem());
        line.RootElement.GetProperty("data").GetRawText().ShouldBe(record);
        line.RootElement.GetProperty("sequenceNumber").GetString().ShouldBe(acknowledged.RootElement.GetProperty("sequenceNumber").GetString());
        line.RootElement.GetProperty("shardId").GetString().ShouldBe(acknowledged.RootElement.GetProperty("shardId").GetString());

        var text = await _server.RunAsync(0, ["consume", "--stream", "orders", "--no-follow"]);
        text.Output.ShouldBe($"{line.RootElement.GetProperty("shardId").GetString()} {line.RootElement.GetProperty("sequenceNumber").GetString()} a1 {record}\n");
    }

    [Fact]
    public async Task Standard_input_and_files_are_read_to_the_end_in_order()
    {
        var lines = Enumerable.Range(0, 1_234).Select(static i => $$"""{"id":{{i}}}""").ToArray();
        using var folder = new TemporaryFolder();
        var file = folder.File("orders.ndjson", string.Join('\n', lines[..700]));
        await _server.RunAsync(0, ["produce", "--stream", "orders", "--file", file, "--partition-key", "one"]);
        var run = await _server.RunAsync(0, ["produce", "--stream", "orders", "-", "--partition-key", "one"], input: string.Join("\r\n", lines[700..]) + "\r\n");
        run.Error.ShouldContain("534 records acknowledged by orders");
        (await DataAsync("--no-follow")).ShouldBe(lines);
    }

    [Fact]
    public async Task A_bad_line_is_named_and_what_came_before_is_in()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("orders.ndjson", "{\"id\":1}\n{\"id\":2}\n{\"id\":\n{\"id\":4}\n");
        var run = await _server.RunAsync(1, ["produce", "--stream", "orders", "--file", file, "--partition-key", "one"]);
        run.Error.ShouldContain("line 3");
        run.Error.ShouldContain("2 of 2 records");
        (await DataAsync("--no-follow")).ShouldBe(["""{"id":1}""", """{"id":2}"""]);
    }

    [Theory]
    [InlineData("--json-string", "{'a':1}")]
    [InlineData("--json-string", "{}", "--generate")]
    [InlineData("--json-string", "{}", "--count", "2")]
    [InlineData("--generate", "--rate", "fast")]
    [InlineData("--generate", "--partition-key", "a", "--partition-key-from", "b")]
    [InlineData("orders.ndjson")]
    [InlineData()]
    public async Task Bad_usage_puts_nothing(params string[] args)
    {
        var run = await _server.RunAsync(2, ["produce", "--stream", "orders", .. args]);
        run.Error.TrimEnd().ShouldNotContain('\n');
        (await DataAsync("--no-follow")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_sessions()
    {
        await _server.RunAsync(0, ["produce", "--stream", "orders", "--generate", "--count", "50", "--seed", "7", "--partition-key", "one"]);
        await _server.RunAsync(0, ["produce", "--stream", "orders", "--generate", "--count", "50", "--seed", "7", "--partition-key", "one"]);
        var data = await DataAsync("--no-follow");
        data.Length.ShouldBe(100);
        data[50..].ShouldBe(data[..50]);
        data[..50].Distinct().Count().ShouldBe(50);
    }

    [Fact]
    public async Task A_group_goes_on_where_it_stopped()
    {
        using var folder = new TemporaryFolder();
        string[] group = ["--group", "readers", "--checkpoint", $"file:{Path.Combine(folder.Path, "readers.json")}"];
        await ProduceAsync(1, 30);
        (await DataAsync([.. group, "--limit", "10"])).Length.ShouldBe(10);
        var rest = await DataAsync([.. group, "--no-follow"]);
        rest.ShouldBe(Enumerable.Range(11, 20).Select(static i => $$"""{"id":{{i}}}"""));
        await ProduceAsync(31, 5);
        (await DataAsync([.. group, "--no-follow"])).ShouldBe(Enumerable.Range(31, 5).Select(static i => $$"""{"id":{{i}}}"""));
    }

    [Fact]
    public async Task An_interrupted_consumer_ends_with_130_and_remembers()
    {
        using var folder = new TemporaryFolder();
        string[] args = ["consume", "--stream", "orders", "--output", "json", "--checkpoint", $"file:{Path.Combine(folder.Path, "c.json")}", "--endpoint-url", _server.Url];
        await ProduceAsync(1, 20);
        using var first = new CommandLineRun();
        var consuming = Task.Run(() => first.RunAsync(args));
        await Eventually.TrueAsync(() => consuming.IsCompleted || first.OutputLines.Length == 20, TimeSpan.FromSeconds(60));
        first.Interruption.Request();
        (await consuming.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(130);
        using var second = new CommandLineRun();
        (await second.RunAsync([.. args, "--no-follow"])).ShouldBe(0, second.Error);
        second.Output.ShouldBeEmpty();
    }

    private async Task ProduceAsync(int first, int count) => await _server.RunAsync(
        0,
        ["produce", "--stream", "orders", "-", "--partition-key", "one"],
        input: string.Join('\n', Enumerable.Range(first, count).Select(static i => $$"""{"id":{{i}}}""")));

    private async Task<string[]> DataAsync(params string[] args)
    {
        var run = await _server.RunAsync(0, ["consume", "--stream", "orders", "--output", "json", .. args]);
        return [.. run.OutputLines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("data").GetRawText())];
    }
}
