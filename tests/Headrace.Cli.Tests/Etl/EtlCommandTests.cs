using System.Text.Json;

namespace Headrace.Cli.Tests.Etl;

public sealed class EtlCommandTests : IAsyncLifetime
{
    private const string Sessions = """
        {"session_id":"a","country":"USA","browse_history":[{"product_code":"P","quantity":2,"in_shopping_cart":true}]}
        {"session_id":"b","country":"Peru","browse_history":[]}
        {"not":"a session"}
        {"session_id":"c","country":"USA","browse_history":[]}
        """;

    private readonly TemporaryFolder _folder = new();
    private RunningServer _server = null!;

    private string DeadLetters => Path.Combine(_folder.Path, "dead.ndjson");

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        foreach (var stream in new[] { "sessions", "usa", "other" })
            await _server.RunAsync(0, ["streams", "create", stream, "--shards", "1"]);
        await _server.RunAsync(0, ["produce", "--stream", "sessions", "-", "--partition-key", "one"], input: Sessions);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sessions_go_by_country_and_the_rest_to_the_dead_letters_each_once_over_two_runs()
    {
        (await EtlAsync("--limit", "2")).ShouldBe("""{"read":2,"transformed":2,"routed":{"USA":1,"International":1},"deadLettered":0}""");
        (await EtlAsync("--no-follow")).ShouldBe("""{"read":2,"transformed":1,"routed":{"USA":1,"International":0},"deadLettered":1}""");
        (await EtlAsync("--no-follow")).ShouldBe("""{"read":0,"transformed":0,"routed":{"USA":0,"International":0},"deadLettered":0}""");
        (await SessionIdsAsync("usa")).ShouldBe(["a", "c"]);
        (await SessionIdsAsync("other")).ShouldBe(["b"]);
        using var letter = JsonDocument.Parse((await File.ReadAllLinesAsync(DeadLetters)).ShouldHaveSingleItem());
        letter.RootElement.GetProperty("dataBase64").GetBytesFromBase64().ShouldBe("""{"not":"a session"}"""u8.ToArray());
        letter.RootElement.GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("nobody", "usa", "other", "x.ndjson")]
    [InlineData("sessions", "nobody", "other", "x.ndjson")]
    [InlineData("sessions", "usa", "nobody", "x.ndjson")]
    [InlineData("sessions", "usa", "other", "stream:nobody")]
    public async Task A_wrong_stream_moves_nothing(string source, string usa, string other, string deadLetter)
    {
        var run = await _server.RunAsync(1, ["etl", "--source-stream", source, "--dest-streams", Destinations(usa, other), "--dead-letter", deadLetter, "--no-follow"]);
        run.Error.ShouldContain("nobody");
        (await SessionIdsAsync("usa")).ShouldBeEmpty();
    }

    private static string Destinations(string usa, string other) => $$"""{"USA":"{{usa}}","International":"{{other}}"}""";

    private async Task<string> EtlAsync(params string[] args)
    {
        var run = await _server.RunAsync(
            0,
            [
                "etl", "--source_stream", "sessions", "--dest_streams", Destinations("usa", "other"), "--dead-letter", DeadLetters,
                "--checkpoint", $"file:{Path.Combine(_folder.Path, "etl.json")}", "--output", "json", .. args,
            ]);
        return run.OutputLines.ShouldHaveSingleItem();
    }

    private async Task<string[]> SessionIdsAsync(string stream)
    {
        var run = await _server.RunAsync(0, ["consume", "--stream", stream, "--no-follow", "--output", "json"]);
        return [.. run.OutputLines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("data").GetProperty("session_id").GetString()!)];
    }
}
