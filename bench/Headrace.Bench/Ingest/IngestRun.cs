using System.Globalization;
using Headrace.Bench.Ingest.Watching;
using Headrace.Bench.Processes;

namespace Headrace.Bench.Ingest;

/// <summary>Starts the servers, loads them in alternating rounds, checks that everything sent was stored, cleans up.</summary>
internal sealed class IngestRun(IngestSettings settings, TextWriter progress)
{
    private static readonly string[] MemoryFileSystems = ["tmpfs", "ramfs"];

    private readonly string _folder = Path.Combine(settings.DataParent, string.Create(CultureInfo.InvariantCulture, $"ingest-{Environment.ProcessId}"));
    private long _recordsCounted;

    private string Bodies => Path.Combine(_folder, "bodies");

    /// <exception cref="BenchmarkException">The figures would not be true.</exception>
    public async Task<IngestResult> RunAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(_folder);
        var contenders = new List<Contender>();
        try
        {
            var fileSystem = new DriveInfo(_folder).DriveFormat;
            if (MemoryFileSystems.Contains(fileSystem))
                throw new BenchmarkException($"{settings.DataParent} is on {fileSystem}, where a flush means nothing: give a folder on a disk with --data");
            IngestBodies.Write(Bodies);
            progress.WriteLine("bench: measuring the disk");
            var disk = RawDisk.Measure(_folder, cancellation);
            contenders.Add(await StartHeadraceAsync("headrace", settings.ServerDll, cancellation));
            contenders.Add(new Contender("sink", await ServerProcess.StartAsync(settings.SinkDll, [], cancellation), Stores: false));
            if (settings.Baseline is { } other)
                contenders.Add(await StartHeadraceAsync("baseline", other, cancellation));
            if (settings.Peers)
                contenders.Add(new Contender("kinesalite", await ServerProcess.StartAsync("node", settings.KinesaliteScript, [], cancellation), Stores: true));
            // After puts over several connections at once, its GetRecords fails.
            if (settings.Peers && IngestSettings.MotoServer is { } moto)
                contenders.Add(new Contender("moto_server", await ServerProcess.StartAsync("env", moto, ["-H", "127.0.0.1", "-p", "0"], cancellation), Stores: true, Counts: false));
            using var collector = settings.Metrics ? new OtlpOnlooker() : null;
            await AddWatchedAsync(contenders, collector, cancellation);
            await MeasureAsync(contenders, cancellation);
            return new IngestResult(
                settings, fileSystem, disk, contenders[0].Figures(), contenders[1].Figures(), FiguresOf("baseline"), FiguresOf("kinesalite"), FiguresOf("moto_server"),
                [.. contenders.Where(contender => contender.Onlooker is not null).Select(contender => contender.Figures() with { CostOfOnlooker = contender.CostBeside(contenders[0]) })],
                _recordsCounted);

            IngestFigures? FiguresOf(string name) => contenders.Find(contender => contender.Name == name)?.Figures();
        }
        finally
        {
            foreach (var contender in contenders)
                contender.Process.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>The same server while somebody looks on; what sends its metrics has to be started so, and is another process.</summary>
    private async Task AddWatchedAsync(List<Contender> contenders, OtlpOnlooker? collector, CancellationToken cancellation)
    {
        var unseen = contenders[0];
        if (settings.Console)
            contenders.Add(Beside(new ConsoleOnlooker()));
        if (settings.Metrics)
            contenders.Add(Beside(new ScrapeOnlooker()));
        if (collector is not null)
            contenders.Add(await StartHeadraceAsync(collector.Name, settings.ServerDll, cancellation, collector.Environment) with { Onlooker = collector });

        Contender Beside(IOnlooker onlooker) => new(onlooker.Name, unseen.Process, Stores: true, Onlooker: onlooker);
    }

    private async Task<Contender> StartHeadraceAsync(string name, string dll, CancellationToken cancellation, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] arguments = ["serve", "--data", Path.Combine(_folder, name.Replace(' ', '-')), "--listen", "127.0.0.1:0", "--durability", settings.Durability];
        return new Contender(name, await ServerProcess.StartAsync(dll, arguments, cancellation, environment), Stores: true);
    }

    private async Task MeasureAsync(List<Contender> contenders, CancellationToken cancellation)
    {
        foreach (var contender in contenders)
        {
            progress.WriteLine($"bench: warming up {contender.Name}");
            await LoadAsync(contender, settings.WarmUpSeconds, measured: false, cancellation);
        }
        for (var round = 1; round <= settings.Rounds; round++)
        {
            // Whoever goes first in one round goes last in the next: what drifts in the machine drifts for all.
            foreach (var contender in round % 2 == 1 ? contenders : Enumerable.Reverse(contenders))
            {
                var wrk = await LoadAsync(contender, settings.Seconds, measured: true, cancellation);
                var rate = wrk.Requests * IngestSettings.RecordsPerRequest / (wrk.Microseconds / 1e6);
                progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bench: round {round} of {settings.Rounds}, {contender.Name}: {rate:N0} records/s"));
            }
        }
    }

    /// <summary>Loads one server for a while. One that stores gets a stream of its own, which is read back, counted and deleted.</summary>
    private async Task<WrkResult> LoadAsync(Contender contender, int seconds, bool measured, CancellationToken cancellation)
    {
        using var stored = contender.Stores ? new StoredRecords(contender.Process.Endpoint) : null;
        if (stored is not null)
        {
            await stored.CreateStreamAsync(cancellation);
            await stored.CheckAnswerAsync(Path.Combine(Bodies, "body-1"), cancellation);
        }
        var cpuBefore = contender.Process.Cpu;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = contender.Onlooker?.WatchAsync(contender.Process.Endpoint, stop.Token) ?? Task.CompletedTask;
        var wrk = await WrkLoad.RunAsync(contender.Process.Endpoint, settings.Script, Bodies, seconds, cancellation);
        var cpu = contender.Process.Cpu.Since(cpuBefore);
        await stop.CancelAsync();
        await watching;
        if (wrk.SocketErrors + wrk.StatusErrors > 0 || wrk.Requests == 0)
            throw new BenchmarkException($"{contender.Name} answered {wrk.Requests} requests, {wrk.StatusErrors} with an error, and {wrk.SocketErrors} connections broke");
        if (measured)
            contender.Add(wrk, cpu);
        if (stored is not null)
        {
            if (contender.Counts)
                await CheckCountAsync(stored, wrk, cancellation);
            await stored.DeleteStreamAsync(cancellation);
        }
        return wrk;
    }

    /// <summary>
    /// Every answered request must be in the stream, with the one that was sent before wrk. wrk breaks off one request a
    /// connection at the end: those may be there or not.
    /// </summary>
    private async Task CheckCountAsync(StoredRecords stored, WrkResult wrk, CancellationToken cancellation)
    {
        var counted = await stored.CountAsync(cancellation);
        var least = (wrk.Requests + 1) * IngestSettings.RecordsPerRequest;
        var most = least + (IngestSettings.Connections * IngestSettings.RecordsPerRequest);
        if (counted < least || counted > most || counted % IngestSettings.RecordsPerRequest != 0)
            throw new BenchmarkException($"the stream holds {counted} records, where {least} to {most} were acknowledged or under way");
        _recordsCounted += counted;
    }
}
