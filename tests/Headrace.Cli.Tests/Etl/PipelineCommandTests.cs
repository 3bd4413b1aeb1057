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
}
