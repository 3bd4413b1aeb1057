using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes.Cycles;

/// <summary>
/// A server that lives through kill after kill on the same data. In each cycle writers and readers load it, in some its shards
/// are split and merged or a stream comes and goes meanwhile; it is killed, perhaps again while it recovers, and started again.
/// A seed decides everything but the clock.
/// </summary>
internal sealed class KillHistory : IAsyncDisposable
{
    private const int WritersOfEach = 4;
    private static readonly (string Name, int Shards)[] Streams = [("wide", 4), ("narrow", 2)];

    private readonly Random _random;
    private readonly List<StreamLedger> _ledgers = [];
    private readonly List<StreamCheck> _checks = [];
    private readonly List<LoadWriter> _writers = [];
    private readonly List<LoadReader> _readers = [];
    private readonly Resharder _resharder;
    private readonly PassingStream _passing;
    private int _kills;
    private int _checksDone;

    private KillHistory(ServerProcess server, int seed)
    {
        Server = server;
        _random = new Random(seed);
        foreach (var (name, _) in Streams)
        {
            var ledger = new StreamLedger(name);
            var check = new StreamCheck(ledger);
            _ledgers.Add(ledger);
            _checks.Add(check);
            _readers.Add(new LoadReader(ledger, check));
            for (var i = 0; i < WritersOfEach; i++)
                _writers.Add(new LoadWriter(ledger, _writers.Count, _random.Next()));
        }
        _resharder = new Resharder(_ledgers[0], _random.Next());
        _passing = new PassingStream(_random.Next());
    }

    public static async Task<KillHistory> BeginAsync(int seed)
    {
        var history = new KillHistory(await ServerProcess.StartAsync(), seed);
        using var kinesis = new KinesisHttp(history.Server.Endpoint);
        foreach (var (name, shards) in Streams)
            await kinesis.CreateStreamAsync(name, shards);
        await history.CheckAsync();
        return history;
    }

    /// <summary>Load, kill, restart; and mostly a check of what is new.</summary>
    public async Task CycleAsync()
    {
        await LoadAndKillAsync();
        while (_random.Next(4) == 0)
        {
            await Server.StartAndKillAsync(TimeSpan.FromMilliseconds(_random.Next(500)));
            _kills++;
        }
        await Server.RestartAsync();
        // Without the check, the next load finds the server as the kill left it.
        if (_random.Next(5) > 0)
            await CheckAsync();
    }

    /// <summary>Checks every record that was ever acknowledged, shown or found.</summary>
    public async Task CheckAllAsync()
    {
        await CheckAsync();
        using var kinesis = new KinesisHttp(Server.Endpoint);
        foreach (var ledger in _ledgers)
            await StreamCheck.CheckAllAsync(kinesis, ledger);
    }

    /// <summary>What happened so far.</summary>
    public string Figures =>
        $"{_kills} kills, {_checksDone} checks, {_ledgers.Sum(static ledger => ledger.Acknowledged)} records acknowledged, {_ledgers.Sum(static ledger => ledger.Stored)} stored, "
        + $"{_writers.Sum(static writer => writer.Repeated)} puts repeated, {_resharder.Acknowledged} splits and merges, {_passing.Created} passing streams";

    /// <summary>The server as it runs now, with what it says.</summary>
    public ServerProcess Server { get; }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task LoadAndKillAsync()
    {
        using var kinesis = new KinesisHttp(Server.Endpoint);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        List<Task> load = [.. _writers.Select(writer => writer.RunAsync(kinesis, () => answered.TrySetResult())), .. _readers.Select(reader => reader.RunAsync(kinesis))];
        if (_random.Next(3) == 0)
            load.Add(_resharder.RunAsync(kinesis));
        if (_random.Next(3) == 0)
            load.Add(_passing.RunAsync(kinesis));
        var all = Task.WhenAll(load);
        // Else the kill comes while the first puts are on their way.
        if (_random.Next(4) > 0)
            await Task.WhenAny(answered.Task, all);
        await Task.Delay(_random.Next(50, 500));
        await Server.KillAsync();
        _kills++;
        await all;
    }

    private async Task CheckAsync()
    {
        using var kinesis = new KinesisHttp(Server.Endpoint);
        foreach (var check in _checks)
            await check.CheckAsync(kinesis);
        _resharder.ShouldHaveClosed(_checks[0]);
        await _passing.CheckAsync(kinesis);
        _checksDone++;
    }
}
