using System.Diagnostics;
using System.Globalization;
using Headrace.Bench.Ingest;
using Headrace.Bench.Measuring;
using Headrace.Bench.Processes;
using Headrace.Bench.Recovery;
using Headrace.Client;

namespace Headrace.Bench.Egress;

/// <summary>Fills a stream of as many shards as there are connections, then reads it from both servers in alternating rounds.</summary>
internal sealed class EgressRun(MeasuringSettings settings, int megabytes)
{
    private readonly List<double> _headrace = [], _sink = [], _records = [], _cpu = [], _sinkCpu = [];

    /// <exception cref="BenchmarkException">Records are missing, too many, or not of the length that was sent.</exception>
    public async Task<Measurement> RunAsync(CancellationToken cancellation)
    {
        var bodies = Path.Combine(settings.Folder.Path, "bodies");
        IngestBodies.Write(bodies);
        using var server = await settings.StartServerAsync("data", cancellation);
        using var sink = await settings.StartSinkAsync(cancellation);
        using var client = new KinesisClient(new ClientOptions { EndpointUrl = server.Endpoint, Region = "us-east-1" });
        await client.CreateStreamAsync(IngestSettings.StreamName, IngestSettings.Connections, cancellation);
        await client.WaitUntilActiveAsync(IngestSettings.StreamName, cancellation);
        settings.Progress.WriteLine("bench: filling the stream");
        using var fill = new StreamFill(server.Endpoint, bodies);
        await fill.FillAsync(megabytes * 1_000_000L, cancellation);
        // Counted once with a look at every record; not timed.
        using (var stored = new StoredRecords(server.Endpoint))
        {
            if (await stored.CountAsync(cancellation) is var counted && counted != fill.Acknowledged)
                throw new BenchmarkException($"the stream holds {counted} records, where {fill.Acknowledged} were acknowledged");
        }
        var shards = await client.ListShardsAsync(IngestSettings.StreamName, cancellation);
        // Round 0 is not counted: in it the programs are compiled.
        for (var round = 0; round <= settings.Rounds; round++)
        {
            using var reader = new ShardsReader(server.Endpoint);
            var iterators = new List<string>();
            foreach (var shard in shards)
                iterators.Add(await client.GetShardIteratorAsync(IngestSettings.StreamName, shard.ShardId, StartingPosition.TrimHorizon, cancellation));
            var (lengths, seconds, cpu) = await TimeAsync(server, () => Task.WhenAll(iterators.Select(iterator => reader.ReadAsync(iterator, cancellation))));
            if (reader.Records != fill.Acknowledged)
                throw new BenchmarkException($"{reader.Records} records were read, where {fill.Acknowledged} were acknowledged");
            using var bare = new ShardsReader(sink.Endpoint);
            var (_, sinkSeconds, sinkCpu) = await TimeAsync(sink, async () =>
            {
                await Task.WhenAll(lengths.Select(connection => bare.FetchAsync(connection, cancellation)));
                return lengths;
            });
            if (round == 0)
                continue;
            var bytes = lengths.Sum(connection => connection.Sum(length => (long)length));
            _headrace.Add(bytes / 1e6 / seconds);
            _sink.Add(bytes / 1e6 / sinkSeconds);
            _records.Add(reader.Records / seconds);
            _cpu.Add(cpu * 1e9 / bytes);
            _sinkCpu.Add(sinkCpu * 1e9 / bytes);
            settings.Progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"bench: round {round} of {settings.Rounds}: {_headrace[^1]:N0} MB/s, sink {_sink[^1]:N0} MB/s"));
        }
        return Result();
    }

    /// <returns>What the work returned, its seconds, and the server's processor time for it in seconds.</returns>
    private static async Task<(List<int>[] Lengths, double Seconds, double Cpu)> TimeAsync(ServerProcess server, Func<Task<List<int>[]>> work)
    {
        var before = server.Cpu;
        var started = Stopwatch.GetTimestamp();
        var lengths = await work();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var cpu = server.Cpu.Since(before);
        return (lengths, seconds, cpu.User + cpu.Kernel);
    }

    private Measurement Result() => new(
        "egress",
        settings.Rounds,
        [
            new("recordsPerSecond", "records read", Median.Of(_records), "records/s", 0),
            new("megabytesPerSecond", "bytes of answers", Median.Of(_headrace), "MB/s", 0),
            new("sinkMegabytesPerSecond", "the same from the bare endpoint", Median.Of(_sink), "MB/s", 0),
            new("cpuNanosecondsPerByte", "processor time of the server", Median.Of(_cpu), "ns/byte", 3),
            new("sinkCpuNanosecondsPerByte", "of the bare endpoint", Median.Of(_sinkCpu), "ns/byte", 3),
            new("ratio", "ratio", Median.Of(_headrace) / Median.Of(_sink), "", 3),
        ],
        $"GetRecords from the oldest record to the newest, {IngestSettings.Connections} shards over {IngestSettings.Connections} connections, out of the page cache. Medians.");
}
