using Headrace.EndToEnd.Tests.Clients;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests;

/// <summary>Drives the console in Debian's Chromium; pictures of its pages are kept under <c>artifacts/test/console</c>.</summary>
public sealed class ConsoleTests
{
    [Fact]
    public async Task Every_page_works_on_the_data_of_the_demo()
    {
        using var folder = new TemporaryFolder();
        (await Command.RunAsync(["demo", "--count", "300", "--data", folder.At("data")])).ShouldHaveExited(0);
        await using var server = await ServerProcess.StartAsync(folder.At("data"));
        using var kinesis = new KinesisHttp(server.Endpoint);
        await kinesis.CreateStreamAsync("console-dead-letters", 1);
        await using var etl = server.Start(
        [
            "etl", "--source-stream", "de-c2w2lab1-kinesis-data-stream", "--dest-streams", """{"USA":"de-c2w2lab1-usa-data-stream","International":"de-c2w2lab1-international-data-stream"}""",
            "--dead-letter", "stream:console-dead-letters", "--checkpoint", $"file:{folder.At("etl.json")}",
        ]);
        await ShouldPassAsync(server, "console.test.mjs", cases: 8);
    }

    [Fact]
    public async Task A_server_with_access_keys_asks_for_one()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("config.json"), """{"accessKeys":{"AKIDEXAMPLE":"secret"}}""", TestContext.Current.CancellationToken);
        await using var server = await ServerProcess.StartAsync(options: ["--config", folder.At("config.json")]);
        await ShouldPassAsync(server, "console-signin.test.mjs", cases: 1);
    }

    private static async Task ShouldPassAsync(ServerProcess server, string script, int cases)
    {
        var run = await Tool.RunAsync(server, Tool.Scripts, Tool.Node, "--test", "--test-reporter=tap", script);
        run.ShouldHaveExited(0).Output.ShouldContain($"# pass {cases}", Case.Sensitive, run.ToString());
    }
}
