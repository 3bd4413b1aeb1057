using System.Text.Json;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Clients;

/// <summary>Runs what <c>clients/*.test.mjs</c> say that the JavaScript SDK does; it speaks HTTP/2 to Kinesis.</summary>
public sealed class JavaScriptTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("streams.test.mjs", 4)]
    [InlineData("consumers.test.mjs", 3)]
    [InlineData("channels.test.mjs", 1)]
    [InlineData("s3.test.mjs", 4)]
    public async Task The_javascript_sdk_works_unchanged(string script, int cases)
    {
        var run = await Tool.RunAsync(server.Process, Tool.Scripts, Tool.Node, "--test", "--test-reporter=tap", script);
        run.ShouldHaveExited(0).Output.ShouldContain($"# pass {cases}", Case.Sensitive, run.ToString());
    }

    [Fact]
    public async Task Awss_own_library_reads_our_aggregates_and_writes_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        using var kinesis = new KinesisHttp(server.Process.Endpoint);
        await kinesis.CreateStreamAsync("aggregates", shards: 3);
        var sessions = Enumerable.Range(0, 2_000).Select(i => $$"""{"session_id":"s{{i % 700}}","n":{{i}},"text":"ünï"}""").ToList();
        var file = folder.Write("sessions.ndjson", string.Join('\n', sessions));
        (await server.Process.RunAsync(["produce", "--stream", "aggregates", "--file", file, "--aggregate"])).ShouldHaveExited(0);

        var run = await Tool.RunAsync(server.Process, Tool.Scripts, Tool.Node, "aggregates.mjs", "read", "aggregates");

        // The script also packs what it has unpacked, and ends with 1 unless the bytes are those that it read.
        var read = run.ShouldHaveExited(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        read.Order().ShouldBe(sessions.Order());
        (await kinesis.ReadAllAsync("aggregates")).Count.ShouldBeLessThan(sessions.Count / 10);
    }

    [Fact]
    public async Task We_read_the_aggregates_of_AWSs_own_library()
    {
        using var kinesis = new KinesisHttp(server.Process.Endpoint);
        await kinesis.CreateStreamAsync("theirs", shards: 1);
        (await Tool.RunAsync(server.Process, Tool.Scripts, Tool.Node, "aggregates.mjs", "write", "theirs", "500")).ShouldHaveExited(0);

        var run = await server.Process.RunAsync(["consume", "--stream", "theirs", "--no-follow", "--output", "json"]);

        var lines = run.ShouldHaveExited(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Select(line => line.GetProperty("data").GetProperty("n").GetInt32()).ShouldBe(Enumerable.Range(0, 500));
        lines.Select(line => line.GetProperty("subSequenceNumber").GetInt32()).ShouldBe(Enumerable.Range(0, 500));
        lines.Select(line => line.GetProperty("partitionKey").GetString()).ShouldBe(Enumerable.Range(0, 500).Select(n => $"key-{n % 7}"));
    }
}
