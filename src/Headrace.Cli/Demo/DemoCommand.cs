using System.CommandLine;
using System.Net;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Serve;
using Headrace.Cli.Values;
using Headrace.Server;
using Microsoft.Extensions.Logging;

namespace Headrace.Cli.Demo;

/// <summary><c>headrace demo</c>: the whole lab in one go, checked to the last record.</summary>
internal sealed class DemoCommand : ExampleCommand
{
    private const long DefaultCount = 10_000;

    private readonly CommandConsole _console;
    private readonly Option<long?> _count = new("--count") { HelpName = "N", Description = $"Sessions to make up [default: {DefaultCount}]; the demo then stops by itself" };
    private readonly Option<string?> _file = new("--file") { HelpName = "F", Description = "Your own records, one JSON value on each line, in place of made-up sessions" };
    private readonly Option<string?> _data = new("--data") { HelpName = "DIR", Description = "Data folder to use and keep [default: a temporary one, removed at the end]" };
    private readonly Option<string?> _listen = new("--listen") { HelpName = "ADDR", Description = "Where its server listens [default: a free port of 127.0.0.1]" };

    public DemoCommand(CommandConsole console)
        : base(
            "demo",
            "Run the whole lab: sessions through a stream, the ETL, two more streams and delivery into two buckets; then check every record.",
            "headrace demo",
            "headrace demo --count 10000",
            "headrace demo --file my-events.ndjson --data ./demo-data")
    {
        _console = console;
        foreach (var option in new Option[] { _count, _file, _data, _listen })
            Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = SettingsOf(parsed);
        using var data = DemoData.Open(settings.Data);
        await using var server = await ServerStart.StartAsync(
            new ServerOptions { DataDirectory = data.Path, Listen = settings.Listen },
            _console.Error,
            LogLevel.Warning,
            cancellation);
        var address = server.Endpoint.GetLeftPart(UriPartial.Authority);
        _console.Say($"a server runs at {address} (data in {data.Path}{(settings.Data is null ? ", removed at the end" : "")})");
        var isRight = await new DemoRun(_console, settings, data, server.Endpoint).RunAsync(cancellation);
        if (settings.KeepServing)
        {
            _console.Output.Flush();
            _console.Say($"the server stays up at {address}; look around at {address}/console/ or with AWS_ENDPOINT_URL={address}, stop it with Ctrl-C");
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        return isRight ? ExitCodes.Done : ExitCodes.Failed;
    }

    private DemoSettings SettingsOf(ParseResult parsed)
    {
        var count = parsed.GetValue(_count);
        var file = parsed.GetValue(_file);
        if (count < 1)
            throw new UsageException("--count must be at least 1");
        if (count is not null && file is not null)
            throw new UsageException("--count and --file exclude each other: a file is taken whole");
        if (file is not null && !File.Exists(file))
            throw new UsageException($"--file {file} does not exist");
        var listen = new IPEndPoint(IPAddress.Loopback, 0);
        if (parsed.GetValue(_listen) is { } text && !ListenAddress.TryParse(text, out listen))
            throw new UsageException($"--listen must be an address such as 127.0.0.1:4566, not '{text}'");
        if (!IPAddress.IsLoopback(listen.Address))
            throw new UsageException($"refusing to listen on {listen}: the demo's server knows no access keys, so it stays on 127.0.0.1");
        var isWatched = _console.OutputIsTerminal && _console.ErrorIsTerminal;
        return new DemoSettings(count ?? DefaultCount, file, parsed.GetValue(_data), listen, KeepServing: isWatched && count is null);
    }
}
