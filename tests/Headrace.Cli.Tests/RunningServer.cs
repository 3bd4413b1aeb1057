using System.Text.RegularExpressions;

namespace Headrace.Cli.Tests;

/// <summary><c>headrace serve</c> in this process, on a folder and a port of its own.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly CommandLineRun _run = new();
    private Task<int> _serving = Task.FromResult(0);

    public string Url { get; private set; } = "";

    public string Data => _folder.Path;

    public string Log => _run.Error;

    public static async Task<RunningServer> StartAsync()
    {
        var server = new RunningServer();
        server._serving = Task.Run(() => server._run.RunAsync("serve", "--data", server.Data, "--listen", "127.0.0.1:0"));
        await Eventually.TrueAsync(() => server._serving.IsCompleted || Ready().IsMatch(server.Log), Deadline);
        server._serving.IsCompleted.ShouldBeFalse(server.Log);
        server.Url = Ready().Match(server.Log).Groups[1].Value;
        return server;
    }

    /// <summary>Stops as SIGINT or SIGTERM would; returns the exit code.</summary>
    public async Task<int> StopAsync(bool termination)
    {
        _run.Interruption.Request(termination);
        return await _serving.WaitAsync(Deadline);
    }

    /// <summary>Runs a client command against this server.</summary>
    public async Task<CommandLineRun> RunAsync(int expectedExitCode, string[] args, string input = "")
    {
        var run = new CommandLineRun { Input = input };
        var exitCode = await run.RunAsync([.. args, "--endpoint-url", Url]).WaitAsync(Deadline);
        exitCode.ShouldBe(expectedExitCode, $"headrace {string.Join(' ', args)}\n{run.Error}");
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        _run.Interruption.Request();
        await _serving;
        _run.Dispose();
        _folder.Dispose();
    }

    [GeneratedRegex(@"headrace: serving Kinesis, Firehose and S3 at (http://127\.0\.0\.1:\d+) \(data in .+\)")]
    private static partial Regex Ready();
}
