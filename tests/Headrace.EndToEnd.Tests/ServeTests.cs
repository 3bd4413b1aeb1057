using System.Text.RegularExpressions;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests;

/// <summary>The server as a process: that it starts, answers, stops, and comes back where it was.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task It_keeps_what_it_was_told_over_an_orderly_stop_and_a_kill()
    {
        await using var server = await ServerProcess.StartAsync();
        (await server.RunAsync(["streams", "create", "orders", "--shards", "2"])).ShouldHaveExited(0);
        await server.StopAsync();
        await server.RestartAsync();
        (await server.RunAsync(["streams", "list"])).ShouldHaveExited(0).Output.ShouldContain("orders");
        await server.KillAsync();
        await server.RestartAsync();
        (await server.RunAsync(["streams", "list"])).ShouldHaveExited(0).Output.ShouldContain("orders");
    }

    [Fact]
    public async Task It_takes_a_free_port_when_asked_for_port_0()
    {
        using var folder = new TemporaryFolder();
        await using var serve = Command.Start(["serve", "--listen", "127.0.0.1:0", "--data", folder.At("data")]);
        var ready = await serve.ErrorShowsAsync(new("serving .+ at (?<url>http://127[.]0[.]0[.]1:[1-9][0-9]*) ", RegexOptions.ExplicitCapture));
        (await Command.RunAsync(["streams", "list", "--endpoint-url", ready.Groups["url"].Value])).ShouldHaveExited(0);
    }
}
