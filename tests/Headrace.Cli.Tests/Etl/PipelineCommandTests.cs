using System.Text.Json;

namespace Headrace.Cli.Tests.Etl;

public sealed class PipelineCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunningServer _server = null!;

    private string Pipeline => Path.Combine(_folder.Path, "p.yaml");

    private string DeadLetters => Path.Combine(_folder.Path, "dead.ndjson");

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await File.WriteAllTextAsync(Pipeline, $$"""
            source: { stream: orders }
            steps:
              - filter: .price > 0
              - flatten: .items
            routes:
              - { when: .kind == "book", to: books }
              - { to: others }
            destinations:
              books: { stream: books, partition-key: .id }
              others: { stream: others, partition-key: .id }
            dead-letter: { file: {{DeadLetters}} }
            checkpoints: { file: {{Path.Combine(_folder.Path, "progress.json")}} }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_pipeline_file_is_run_and_its_dead_letters_are_replayed()
    {
        foreach (var stream in new[] { "orders", "books", "others" })
            await _server.RunAsync(0, ["streams", "create", stream, "--shards", "1"]);
        await _server.RunAsync(0, ["produce", "--stream", "orders", "-", "--partition-key", "one"], input: """
            {"price":1,"items":[{"id":"a","kind":"book"},{"id":"b","kind":"cup"}]}
            {"price":0,"items":[{"id":"c"}]}
            {"price":1,"items":"none"}
            """);

        (await _server.RunAsync(0, ["etl", "--pipeline", Pipeline, "--no-follow", "--output", "json"])).OutputLines
            .ShouldBe(["""{"read":3,"transformed":1,"dropped":1,"routed":{"books":1,"others":1},"deadLettered":1}"""]);
        (await _server.RunAsync(0, ["etl", "--pipeline", Pipeline, "--no-follow", "--output", "json"])).OutputLines
            .ShouldBe(["""{"read":0,"transformed":0,"routed":{"books":0,"others":0},"deadLettered":0}"""]);
        (await _server.RunAsync(0, ["etl", "replay", "--pipeline", Pipeline, "--output", "json"])).OutputLines
            .ShouldBe(["""{"read":1,"transformed":0,"routed":{"books":0,"others":0},"deadLettered":1}"""]);
        using var letter = JsonDocument.Parse((await File.ReadAllLinesAsync(DeadLetters)).ShouldHaveSingleItem());
        letter.RootElement.GetProperty("stage").GetString().ShouldBe("steps[1].flatten");
        letter.RootElement.GetProperty("dataBase64").GetBytesFromBase64().ShouldBe("""{"price":1,"items":"none"}"""u8.ToArray());
    }

    [Fact]
    public async Task Buckets_take_records_dead_letters_and_leases()
    {
        await _server.RunAsync(0, ["streams", "create", "orders", "--shards", "2"]);
        await _server.RunAsync(0, ["buckets", "create", "archive"]);
        await _server.RunAsync(0, ["produce", "--stream", "orders", "-", "--partition-key-from", "id"], input: """
            {"id":"a","price":1}
            {"id":"b","price":"none"}
            {"id":"c","price":3}
            """);
        await File.WriteAllTextAsync(Pipeline, """
            name: archiving
            source: { stream: orders }
            steps: [{ jq: 'if .price | type == "number" then . else error("no price") end' }]
            routes: [{ to: archive }]
            destinations: { archive: { bucket: s3://archive/orders/ } }
            dead-letter: { bucket: s3://archive/letters }
            checkpoints: { bucket: s3://archive/leases }
            """);

        for (var run = 0; run < 2; run++)
            await _server.RunAsync(0, ["etl", "--pipeline", Pipeline, "--no-follow"]);
        // Another store knows nothing of it, and the objects are there all the same.
        (await _server.RunAsync(0, ["etl", "--pipeline", Pipeline, "--no-follow", "--checkpoint", $"file:{Path.Combine(_folder.Path, "other.json")}", "--output", "json"])).OutputLines
            .ShouldBe(["""{"read":3,"transformed":2,"routed":{"archive":2},"deadLettered":1,"repeated":2}"""]);

        (await LinesAsync("orders/archiving/")).ShouldBe(["""{"id":"a","price":1}""", """{"id":"c","price":3}"""]);
        (await LinesAsync("letters/archiving/")).ShouldHaveSingleItem().ShouldContain("no price");
        (await KeysAsync("leases/")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pipelines_of_two_names_share_a_groups_name_but_not_their_work()
    {
        foreach (var stream in new[] { "orders", "books", "others" })
            await _server.RunAsync(0, ["streams", "create", stream, "--shards", "1"]);
        await _server.RunAsync(0, ["produce", "--stream", "orders", "-", "--partition-key", "one"], input: """{"price":1,"items":[]}""");
        foreach (var name in new[] { "one", "two" })
        {
            await File.WriteAllTextAsync(Pipeline, $$"""
                name: {{name}}
                source: { stream: orders }
                routes: [{ to: books }]
                destinations: { books: { stream: books } }
                """);
            (await _server.RunAsync(0, ["etl", "--pipeline", Pipeline, "--no-follow", "--output", "json"])).Output.ShouldContain("\"read\":1");
        }
    }

    [Fact]
    public async Task What_remembers_all_shards_keeps_its_state_in_a_file()
    {
        await _server.RunAsync(0, ["streams", "create", "orders", "--shards", "1"]);
        await File.WriteAllTextAsync(Pipeline, """
            source: { stream: orders }
            steps: [{ deduplicate: { key: .id, within: 1h } }]
            routes: [{ to: copies }]
            destinations: { copies: { stream: orders } }
            """);
        (await _server.RunAsync(2, ["etl", "--pipeline", Pipeline, "--checkpoint", "dynamodb:leases"])).Error.ShouldContain("steps[0].deduplicate remembers the records of all shards");
    }

    [Fact]
    public async Task A_dry_run_says_where_records_would_go()
    {
        var records = Path.Combine(_folder.Path, "records.ndjson");
        await File.WriteAllTextAsync(records, """
            {"price":1,"items":[{"id":"a","kind":"book"}]}
            {"price":0}
            nonsense
            """);

        (await _server.RunAsync(0, ["etl", "--pipeline", Pipeline, "--dry-run", records])).OutputLines.Select(static line => line[..Math.Min(line.Length, 62)]).ShouldBe(
        [
            """{"record":1,"destination":"books","partitionKey":"a","data":{"id":"a","kind":"book"}}"""[..62],
            """{"record":2,"dropped":true}""",
            """{"record":3,"deadLetter":"not JSON: 'nonsense' is an invalid JSON literal"""[..62],
        ]);
    }

    [Fact]
    public async Task A_check_says_what_is_wrong_and_where()
    {
        (await _server.RunAsync(0, ["etl", "--pipeline", Pipeline, "--check"])).Error.ShouldContain("is right");
        await File.AppendAllTextAsync(Pipeline, "\nparalelism: 4\n");
        (await _server.RunAsync(2, ["etl", "--pipeline", Pipeline, "--check"])).Error.ShouldContain($"{Pipeline}:13:1: unknown key 'paralelism'");
    }

    [Theory]
    [InlineData("--check")]
    [InlineData("--source-stream", "s")]
    [InlineData("--pipeline", "p.yaml", "--source-stream", "s")]
    public async Task What_does_not_go_together_is_refused(params string[] arguments) => await _server.RunAsync(2, ["etl", .. arguments]);

    private async Task<List<string>> KeysAsync(string prefix)
    {
        var listed = await _server.RunAsync(0, ["buckets", "ls", $"s3://archive/{prefix}", "--output", "json"]);
        return [.. listed.OutputLines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("key").GetString()!)];
    }

    private async Task<List<string>> LinesAsync(string prefix)
    {
        var lines = new List<string>();
        foreach (var key in await KeysAsync(prefix))
            lines.AddRange((await _server.RunAsync(0, ["buckets", "cat", $"s3://archive/{key}"])).OutputLines);
        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
