using System.Globalization;
using Headrace.Bench.Ingest;
using Headrace.Bench.Measuring;
using Headrace.Bench.Processes;
using Headrace.Client;

namespace Headrace.Bench.Client;

/// <summary>Loads one server in alternating rounds by wrk and by producers; each load has a stream of its own, which is read back and counted.</summary>
internal sealed class ProduceRun(MeasuringSettings settings, int seconds)
{
    /// <summary>Of the records that are aggregated, and of those beside them that are not.</summary>
    public const int SmallBytes = 200;

    /// <summary>The round that isn't counted is longer, so that the library is compiled for good in it.</summary>
    public const int WarmUpTimes = 3;

    private readonly List<double> _wrk = [];
    private readonly List<LoadFigures> _plain = [], _small = [], _aggregated = [];

    /// <exception cref="BenchmarkException">A record is missing, or there are too many.</exception>
    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var bodies = Path.Combine(settings.Folder.Path, "bodies");
        IngestBodies.Write(bodies);
        using var server = await settings.StartServerAsync("produced", cancellation);
        var large = new ProducerLoad(IngestSettings.DataBytes);
        var small = new ProducerLoad(SmallBytes);
        // Round 0 is not counted: in it the programs are compiled.
        for (var round = 0; round <= settings.Rounds; round++)
        {
            var duration = TimeSpan.FromSeconds(round == 0 ? WarmUpTimes * seconds : seconds);
            var wrk = await LoadByWrkAsync(server, bodies, cancellation);
            var plain = await LoadAsync(server, large, aggregate: false, duration, cancellation);
            var single = await LoadAsync(server, small, aggregate: false, duration, cancellation);
            var aggregated = await LoadAsync(server, small, aggregate: true, duration, cancellation);
            settings.Progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"bench: produce, round {round} of {settings.Rounds}: wrk {wrk:N0}, producer {plain.RecordsPerSecond:N0}, of {SmallBytes} bytes {single.RecordsPerSecond:N0}, aggregated {aggregated.RecordsPerSecond:N0} records/s"));
            if (round == 0)
                continue;
            _wrk.Add(wrk);
            _plain.Add(plain);
            _small.Add(single);
            _aggregated.Add(aggregated);
        }
        return Result();
    }

    /// <summary>Has one producer load a new stream, and counts what it then holds.</summary>
    /// <exception cref="BenchmarkException">A record is missing, or there are too many.</exception>
    /// <param name="server">The server.</param>
    /// <param name="load">What is produced.</param>
    /// <param name="aggregate">Whether the records are aggregated.</param>
    /// <param name="duration">How long.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="rate">What a shard takes; null: as much as it can.</param>
    public static async Task<LoadFigures> LoadAsync(
        ServerProcess server, ProducerLoad load, bool aggregate, TimeSpan duration, CancellationToken cancellation, ShardRate? rate = null)
    {
        using var stored = new StoredRecords(server.Endpoint);
        await stored.CreateStreamAsync(cancellation);
        using var client = new KinesisClient(new ClientOptions { EndpointUrl = server.Endpoint, Region = "us-east-1" });
        long records;
        LoadFigures figures;
        await using (var producer = new Producer(client, IngestSettings.StreamName, new ProducerOptions { Aggregate = aggregate, MaxInFlight = IngestSettings.Connections, ShardRate = rate }))
        {
            var before = server.Cpu;
            (records, figures) = await load.RunAsync(producer, duration, cancellation);
            figures = figures with { ServerMicrosecondsPerRecord = server.Cpu.Since(before).Total * 1e6 / records };
        }
        long counted = 0;
        await foreach (var _ in new Consumer(client, IngestSettings.StreamName, new ConsumerOptions { Follow = false, Deaggregate = aggregate }).ReadAsync(cancellation))
            counted++;
        if (counted != records)
            throw new BenchmarkException($"the stream holds {counted} records, where {records} were acknowledged");
        await stored.DeleteStreamAsync(cancellation);
        return figures;
    }

    private async Task<double> LoadByWrkAsync(ServerProcess server, string bodies, CancellationToken cancellation)
    {
        using var stored = new StoredRecords(server.Endpoint);
        await stored.CreateStreamAsync(cancellation);
        var wrk = await WrkLoad.RunAsync(server.Endpoint, Path.Combine(settings.Root, "bench/ingest.lua"), bodies, seconds, cancellation);
        if (wrk.SocketErrors + wrk.StatusErrors > 0)
            throw new BenchmarkException($"wrk saw {wrk.StatusErrors} errors and {wrk.SocketErrors} broken connections");
        await stored.DeleteStreamAsync(cancellation);
        return wrk.Requests * IngestSettings.RecordsPerRequest / (wrk.Microseconds / 1e6);
    }

    private IReadOnlyList<Figure> Result()
    {
        double plain = Rate(_plain), small = Rate(_small), aggregated = Rate(_aggregated), wrk = Median.Of(_wrk);
        return
        [
            new("wrkRecordsPerSecond", "wrk, records of 1 KiB", wrk, "records/s", 0),
            new("producerRecordsPerSecond", "the producer, records of 1 KiB", plain, "records/s", 0),
            new("producerRatio", "ratio", plain / wrk, "", 3),
            new("producerAllocatedBytes", "allocated for each record", Median.Of(_plain.Select(load => load.AllocatedBytesPerRecord)), "bytes", 0),
            new("producerCpuMicroseconds", "processor time for each record", Median.Of(_plain.Select(load => load.CpuMicrosecondsPerRecord)), "µs", 2),
            new("smallRecordsPerSecond", "the producer, records of 200 bytes", small, "records/s", 0),
            new("aggregatedRecordsPerSecond", "the same aggregated", aggregated, "records/s", 0),
            new("aggregationRatio", "ratio", aggregated / small, "", 3),
            new("aggregatedAllocatedBytes", "allocated for each record, aggregated", Median.Of(_aggregated.Select(load => load.AllocatedBytesPerRecord)), "bytes", 0),
            new("aggregatedCpuMicroseconds", "processor time for each record, aggregated", Median.Of(_aggregated.Select(load => load.CpuMicrosecondsPerRecord)), "µs", 2),
        ];
    }

    private static double Rate(List<LoadFigures> loads) => Median.Of(loads.Select(load => load.RecordsPerSecond));
}
