using System.Globalization;
using Headrace.Bench.Egress;
using Headrace.Bench.Ingest;
using Headrace.Bench.Measuring;
using Headrace.Bench.Recovery;
using Headrace.Client;

namespace Headrace.Bench.Client;

/// <summary>Reads one stream in alternating rounds by the consumer and by a reader that only counts records.</summary>
internal sealed class ConsumeRun(MeasuringSettings settings, int megabytes)
{
    private readonly List<double> _reader = [];
    private readonly List<LoadFigures> _consumer = [];

    /// <exception cref="BenchmarkException">A record is missing, or there are too many.</exception>
    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var bodies = Path.Combine(settings.Folder.Path, "bodies");
        using var server = await settings.StartServerAsync("consumed", cancellation);
        using var client = new KinesisClient(new ClientOptions { EndpointUrl = server.Endpoint, Region = "us-east-1" });
        await client.CreateStreamAsync(IngestSettings.StreamName, IngestSettings.Connections, cancellation);
        await client.WaitUntilActiveAsync(IngestSettings.StreamName, cancellation);
        using var fill = new StreamFill(server.Endpoint, bodies);
        await fill.FillAsync(megabytes * 1_000_000L, cancellation);
        // Round 0 is not counted: in it the programs are compiled.
        for (var round = 0; round <= settings.Rounds; round++)
        {
            var reader = await ReadAsync(client, fill.Acknowledged, cancellation);
            var consumer = await ConsumeAsync(client, fill.Acknowledged, cancellation);
            settings.Progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"bench: consume, round {round} of {settings.Rounds}: reader {reader:N0}, consumer {consumer.RecordsPerSecond:N0} records/s"));
            if (round == 0)
                continue;
            _reader.Add(reader);
            _consumer.Add(consumer);
        }
        double read = Median.Of(_reader), consumed = Median.Of(_consumer.Select(load => load.RecordsPerSecond));
        return
        [
            new("readerRecordsPerSecond", "a reader that only counts", read, "records/s", 0),
            new("consumerRecordsPerSecond", "the consumer", consumed, "records/s", 0),
            new("consumerRatio", "ratio", consumed / read, "", 3),
            new("consumerAllocatedBytes", "allocated for each record, its data included", Median.Of(_consumer.Select(load => load.AllocatedBytesPerRecord)), "bytes", 0),
            new("consumerCpuMicroseconds", "processor time for each record", Median.Of(_consumer.Select(load => load.CpuMicrosecondsPerRecord)), "µs", 2),
        ];
    }

    private static async Task<double> ReadAsync(KinesisClient client, long expected, CancellationToken cancellation)
    {
        using var reader = new ShardsReader(client.Endpoint);
        var iterators = new List<string>();
        foreach (var shard in await client.ListShardsAsync(IngestSettings.StreamName, cancellation))
            iterators.Add(await client.GetShardIteratorAsync(IngestSettings.StreamName, shard.ShardId, StartingPosition.TrimHorizon, cancellation));
        var clock = new LoadClock();
        await Task.WhenAll(iterators.Select(iterator => reader.ReadAsync(iterator, cancellation)));
        var figures = clock.Of(reader.Records);
        return reader.Records == expected
            ? figures.RecordsPerSecond
            : throw new BenchmarkException($"{reader.Records} records were read, where {expected} were acknowledged");
    }

    private static async Task<LoadFigures> ConsumeAsync(KinesisClient client, long expected, CancellationToken cancellation)
    {
        long records = 0, bytes = 0;
        var clock = new LoadClock();
        await foreach (var record in new Consumer(client, IngestSettings.StreamName, new ConsumerOptions { Follow = false }).ReadAsync(cancellation))
        {
            records++;
            bytes += record.Data.Length;
        }
        var figures = clock.Of(records);
        return records == expected && bytes == expected * IngestSettings.DataBytes
            ? figures
            : throw new BenchmarkException($"{records} records of {bytes} bytes were consumed, where {expected} were acknowledged");
    }
}
