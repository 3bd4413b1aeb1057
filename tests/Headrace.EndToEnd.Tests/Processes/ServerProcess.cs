using System.Text.RegularExpressions;

namespace Headrace.EndToEnd.Tests.Processes;

/// <summary>
/// <c>headrace serve</c> as a process of its own, which can be killed and started again on the same data and port.
/// Disposing leaves neither a process nor a folder.
/// </summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int Interrupted = 130;

    private readonly TemporaryFolder? _ownFolder;
    private readonly IReadOnlyList<string> _options;
    private readonly IReadOnlyList<string> _launcher;
    private RunningProcess _process;

    private ServerProcess(RunningProcess process, Uri endpoint, string data, TemporaryFolder? ownFolder, IReadOnlyList<string> options, IReadOnlyList<string> launcher)
    {
        _process = process;
        Endpoint = endpoint;
        Data = data;
        _ownFolder = ownFolder;
        _options = options;
        _launcher = launcher;
    }

    /// <summary>Where it serves, <c>http://127.0.0.1:PORT</c> or the same with <c>https</c>; the same after every restart.</summary>
    public Uri Endpoint { get; }

    /// <summary><see cref="Endpoint"/> as users write it, without a slash at its end.</summary>
    public string Url => Endpoint.GetLeftPart(UriPartial.Authority);

    /// <summary>Its data directory.</summary>
    public string Data { get; }

    /// <summary>The process that runs now, or ran last.</summary>
    public int ProcessId => _process.Id;

    public bool HasEnded => _process.HasEnded;

    /// <summary>What it logged since it was started last.</summary>
    public string Log => _process.Error;

    /// <summary>Starts a server and waits until it says that it serves.</summary>
    /// <param name="data">Its data directory; null for a folder of its own, which goes with it.</param>
    /// <param name="options">Further options of <c>serve</c>.</param>
    /// <param name="launcher">A program, with arguments, that becomes the server by <c>exec</c>.</param>
    public static async Task<ServerProcess> StartAsync(string? data = null, IReadOnlyList<string>? options = null, IReadOnlyList<string>? launcher = null)
    {
        var ownFolder = data is null ? new TemporaryFolder() : null;
        data ??= ownFolder!.At("data");
        try
        {
            while (true)
            {
                var port = ServerPorts.Next();
                var process = StartProcess(port, data, options ?? [], launcher ?? []);
                if (await ReadyAsync(process) is { } endpoint)
                    return new ServerProcess(process, endpoint, data, ownFolder, options ?? [], launcher ?? []);
                await process.DisposeAsync();
            }
        }
        catch
        {
            ownFolder?.Dispose();
            throw;
        }
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Sends what Ctrl-C sends, and returns at once.</summary>
    public void Interrupt() => _process.Interrupt();

    /// <summary>Waits until it has ended by itself.</summary>
    public Task<CommandResult> EndAsync(TimeSpan? deadline = null) => _process.EndAsync(deadline);

    /// <summary>Ends it as Ctrl-C does, and checks that it ended orderly.</summary>
    public async Task StopAsync()
    {
        Interrupt();
        (await EndAsync()).ShouldHaveExited(Interrupted);
    }

    /// <summary>Starts it again on the same data and port after it has ended.</summary>
    public async Task RestartAsync()
    {
        if (!HasEnded)
            throw new InvalidOperationException("The server still runs; kill or stop it first.");
        await _process.DisposeAsync();
        _process = StartProcess(Endpoint.Port, Data, _options, _launcher);
        if (await ReadyAsync(_process) is null)
            throw new InvalidOperationException($"Its port is in use by another: {_process}");
    }

    /// <summary>Starts it on the same data and port and kills it a moment later, most often while it recovers.</summary>
    public async Task StartAndKillAsync(TimeSpan after)
    {
        await _process.DisposeAsync();
        _process = StartProcess(Endpoint.Port, Data, _options, _launcher);
        await Task.Delay(after);
        await _process.KillAsync();
    }

    /// <summary>Runs a client command against this server to its end.</summary>
    public Task<CommandResult> RunAsync(IEnumerable<string> args, string input = "") =>
        Command.RunAsync([.. args, "--endpoint-url", Url], input);

    /// <summary>Starts a client command against this server and returns at once.</summary>
    public RunningProcess Start(IEnumerable<string> args) => Command.Start([.. args, "--endpoint-url", Url]);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _ownFolder?.Dispose();
    }

    public override string ToString() => _process.ToString();

    private static RunningProcess StartProcess(int port, string data, IReadOnlyList<string> options, IReadOnlyList<string> launcher) =>
        RunningProcess.Start(BuiltCommand.Start(["serve", "--listen", $"127.0.0.1:{port}", "--data", data, .. options], launcher: launcher));

    /// <summary>Waits until it serves.</summary>
    /// <returns>Where it serves; null when another program has its port.</returns>
    private static async Task<Uri?> ReadyAsync(RunningProcess process)
    {
        try
        {
            var ready = await process.ErrorShowsAsync(ReadyOrTaken());
            return ready.Groups["url"] is { Success: true } url ? new Uri(url.Value) : null;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    [GeneratedRegex(@"^headrace: serving .+ at (?<url>https?://\S+) \(data in .+\)$|: the port is in use;", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ReadyOrTaken();
}
