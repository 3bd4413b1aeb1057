using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Monitoring;

/// <summary><c>headrace top</c> beside a server of its own.</summary>
public sealed class TopTests
{
    [Fact]
    public async Task It_shows_each_stream_and_what_it_took()
    {
        await using var server = await ServerProcess.StartAsync();
        using var kinesis = new KinesisHttp(server.Endpoint);
        await kinesis.CreateStreamAsync("watched", 3);
        for (var i = 0; i < 5; i++)
            await kinesis.PutRecordAsync("watched", "key", [1, 2, 3]);
        var top = await Command.RunAsync(["top", "--once", "--endpoint-url", server.Endpoint.AbsoluteUri]);
        var row = top.ShouldHaveExited(0).Output.Split('\n').Single(static line => line.StartsWith("watched", StringComparison.Ordinal));
        row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(4).ShouldBe(["watched", "ACTIVE", "3", "5"]);
    }

    [Fact]
    public async Task It_signs_in_where_the_server_knows_access_keys()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("config.json"), """{"accessKeys":{"AKIDEXAMPLE":"secret"}}""", TestContext.Current.CancellationToken);
        await using var server = await ServerProcess.StartAsync(options: ["--config", folder.At("config.json")]);
        (await TopAsync("secret")).ShouldHaveExited(0).Output.ShouldStartWith("stream");
        (await TopAsync("wrong")).ShouldHaveExited(1).Error.ShouldContain("The access key id or its secret is not right.");

        Task<CommandResult> TopAsync(string secret) => Command.RunAsync(
            ["top", "--once", "--endpoint-url", server.Endpoint.AbsoluteUri],
            environment: new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = secret });
    }
}
