using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Interruptions;

/// <summary>Ctrl-C ends every command that runs without end: soon, with 130, without a word of complaint, leaving nothing behind.</summary>
public sealed class InterruptionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int Interrupted = 130;

    private readonly ServerProcess _server = shared.Process;

    [Fact]
    public async Task Consume()
    {
        await CreateAsync("consumed");
        await using var consume = _server.Start(["consume", "--stream", "consumed"]);
        (await _server.RunAsync(["produce", "--stream", "consumed", "--json-string", """{"session_id":"seen"}"""])).ShouldHaveExited(0);
        await Deadline.UntilAsync(() => consume.Output.Contains("seen", StringComparison.Ordinal), $"the record is logged: {consume}");
        consume.Interrupt();
        ShouldHaveEndedQuietly(await consume.EndAsync());
    }

    [Fact]
    public async Task Consume_of_a_server_that_is_gone()
    {
        await using var server = await ServerProcess.StartAsync();
        using (var kinesis = new KinesisHttp(server.Endpoint))
            await kinesis.CreateStreamAsync("s", 1);
        await using var consume = server.Start(["consume", "--stream", "s"]);
        (await server.RunAsync(["produce", "--stream", "s", "--json-string", """{"session_id":"seen"}"""])).ShouldHaveExited(0);
        await Deadline.UntilAsync(() => consume.Output.Contains("seen", StringComparison.Ordinal), $"the record is logged: {consume}");
        await server.KillAsync();
        consume.Interrupt();
        ShouldHaveEndedQuietly(await consume.EndAsync());
    }

    [Fact]
    public async Task Produce_stores_what_it_says_and_no_more()
    {
        await CreateAsync("produced");
        await using var produce = _server.Start(["produce", "--stream", "produced", "--generate", "--rate", "200/s", "--output", "json"]);
        await Deadline.UntilAsync(() => produce.Output.Contains('\n', StringComparison.Ordinal), $"a record is acknowledged: {produce}");
        produce.Interrupt();
        var result = (await produce.EndAsync()).ShouldHaveExited(Interrupted);
        result.Error.ShouldNotContain("   at ", Case.Sensitive);
        using var kinesis = new KinesisHttp(_server.Endpoint);
        (await kinesis.ReadAllAsync("produced")).Count.ShouldBe(result.OutputLines.Length);
    }

    [Fact]
    public async Task Etl()
    {
        foreach (var stream in new[] { "etl-source", "etl-usa", "etl-int" })
            await CreateAsync(stream);
        await using var etl = _server.Start(["etl", "--source-stream", "etl-source", "--dest-streams", """{"USA":"etl-usa","International":"etl-int"}"""]);
        (await _server.RunAsync(["produce", "--stream", "etl-source", "--generate", "--count", "100"])).ShouldHaveExited(0);
        using var kinesis = new KinesisHttp(_server.Endpoint);
        await Deadline.UntilAsync(
            async () => (await kinesis.ReadAllAsync("etl-usa")).Count + (await kinesis.ReadAllAsync("etl-int")).Count == 100, $"all records pass the ETL: {etl}");
        etl.Interrupt();
        (await etl.EndAsync()).ShouldHaveExited(Interrupted).Error.ShouldNotContain("   at ", Case.Sensitive);
    }

    [Fact]
    public async Task Serve_closes_its_data_and_frees_its_port()
    {
        await using var server = await ServerProcess.StartAsync();
        using (var kinesis = new KinesisHttp(server.Endpoint))
            await kinesis.CreateStreamAsync("s", 1);
        await using var consume = server.Start(["consume", "--stream", "s"]);
        await server.StopAsync();
        server.Log.ShouldContain("stopped");
        server.Log.ShouldNotContain("   at ", Case.Sensitive);
        Directory.EnumerateFiles(server.Data, "*-wal", SearchOption.AllDirectories).ShouldBeEmpty("the database was not closed");
        await server.RestartAsync();
        await server.StopAsync();
    }

    [Fact]
    public async Task Serve_does_not_wait_for_a_client_that_never_finishes_its_request()
    {
        await using var server = await ServerProcess.StartAsync();
        using var client = await BeginRequestAsync(server);
        server.Interrupt();
        (await server.EndAsync(deadline: TimeSpan.FromSeconds(20))).ShouldHaveExited(Interrupted).Error.ShouldContain("stopped");
    }

    [Fact]
    public async Task Serve_ends_at_once_when_told_again()
    {
        await using var server = await ServerProcess.StartAsync();
        using var client = await BeginRequestAsync(server);
        await InterruptUntilEndAsync(server.Interrupt, () => server.HasEnded);
        (await server.EndAsync()).ShouldHaveExited(Interrupted).Error.ShouldNotContain("stopped", Case.Sensitive, "it waited for its orderly end");
    }

    [Fact]
    public async Task Produce_ends_at_once_when_told_again()
    {
        await using var server = await ServerProcess.StartAsync();
        using (var kinesis = new KinesisHttp(server.Endpoint))
            await kinesis.CreateStreamAsync("s", 1);
        await using var produce = server.Start(["produce", "--stream", "s", "--generate", "--output", "json"]);
        await Deadline.UntilAsync(() => produce.Output.Contains('\n', StringComparison.Ordinal), $"a record is acknowledged: {produce}");
        await server.KillAsync();
        await InterruptUntilEndAsync(produce.Interrupt, () => produce.HasEnded);
        var result = (await produce.EndAsync()).ShouldHaveExited(Interrupted);
        result.Error.ShouldNotContain("   at ", Case.Sensitive);
        result.Error.ShouldNotContain("acknowledged", Case.Sensitive, "it waited for its orderly end");
    }

    /// <summary>Signals that come before the first one was handled count as one, so they are sent until they have worked.</summary>
    private static Task InterruptUntilEndAsync(Action interrupt, Func<bool> hasEnded) => Deadline.UntilAsync(
        () =>
        {
            interrupt();
            return hasEnded();
        },
        "it ends");

    /// <summary>Sends the beginning of a request, whose rest never comes.</summary>
    private static async Task<TcpClient> BeginRequestAsync(ServerProcess server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Endpoint.Port);
        await client.GetStream().WriteAsync("POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: Kinesis_20131202.ListStreams\r\nContent-Length: 10\r\n\r\n{"u8.ToArray());
        return client;
    }

    private static void ShouldHaveEndedQuietly(CommandResult result)
    {
        result.ShouldHaveExited(Interrupted);
        Regex.IsMatch(result.Error, "Exception|   at ", RegexOptions.ExplicitCapture).ShouldBeFalse(result.ToString());
    }

    private async Task CreateAsync(string stream)
    {
        using var kinesis = new KinesisHttp(_server.Endpoint);
        await kinesis.CreateStreamAsync(stream, shards: 2);
    }
}
