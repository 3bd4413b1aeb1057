using System.Diagnostics;
using System.Globalization;
using Headrace.Bench.Ingest;
using Headrace.Bench.Measuring;
using Headrace.Bench.Processes;
using Headrace.Client;

namespace Headrace.Bench.Recovery;

/// <summary>Fills a stream, then kills the server (-9) in the middle of puts and starts it again, round after round.</summary>
internal sealed class RecoveryRun(MeasuringSettings settings, int gigabytes)
{
    /// <summary>Above one segment of 64 MiB, its index and the runtime's own files; far below the log.</summary>
    private const long MostBytesRead = 128L << 20;
    private static readonly byte[] FirstData = "the first record"u8.ToArray();

    private readonly List<double> _ready = [], _first = [], _newest = [], _read = [];

    /// <exception cref="BenchmarkException">An acknowledged record is missing or changed, or more than the tail was read.</exception>
    public async Task<Measurement> RunAsync(CancellationToken cancellation)
    {
        var bodies = Path.Combine(settings.Folder.Path, "bodies");
        IngestBodies.Write(bodies);
        var server = await settings.StartServerAsync("data", cancellation);
        try
        {
            PutRecordResult first;
            using (var client = Connect(server))
            {
                await client.CreateStreamAsync(IngestSettings.StreamName, IngestSettings.Shards, cancellation);
                await client.WaitUntilActiveAsync(IngestSettings.StreamName, cancellation);
                first = await client.PutRecordAsync(IngestSettings.StreamName, FirstData, "first", "0", cancellation);
            }
            settings.Progress.WriteLine("bench: filling the stream");
            using (var fill = new StreamFill(server.Endpoint, bodies))
                await fill.FillAsync(gigabytes * 1_000_000_000L, cancellation);
            var logBytes = settings.Folder.Bytes();
            for (var round = 1; round <= settings.Rounds; round++)
            {
                var newestData = Guid.NewGuid().ToByteArray();
                var newest = await KillUnderLoadAsync(server, bodies, newestData, cancellation);
                var started = Stopwatch.GetTimestamp();
                server = await settings.StartServerAsync("data", cancellation);
                _ready.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                using var client = Connect(server);
                await CheckAsync(client, first.ShardId, StartingPosition.TrimHorizon, FirstData, cancellation);
                _first.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                await CheckAsync(client, newest.ShardId, StartingPosition.AtSequenceNumber(newest.SequenceNumber), newestData, cancellation);
                _newest.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                var read = server.BytesRead;
                _read.Add(read / 1e6);
                settings.Progress.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"bench: round {round} of {settings.Rounds}: ready after {_ready[^1]:N0} ms, first record after {_first[^1]:N0} ms, {read / 1e6:N0} MB read"));
                if (read > MostBytesRead)
                    throw new BenchmarkException($"the server read {read} bytes where the tail has at most {MostBytesRead}");
            }
            return Result(logBytes);
        }
        finally
        {
            server.Dispose();
        }
    }

    /// <summary>Kills the server while puts are under way.</summary>
    /// <returns>A record that was acknowledged shortly before.</returns>
    private static async Task<PutRecordResult> KillUnderLoadAsync(ServerProcess server, string bodies, byte[] data, CancellationToken cancellation)
    {
        using var client = Connect(server);
        using var fill = new StreamFill(server.Endpoint, bodies);
        var load = fill.FillAsync(long.MaxValue, cancellation);
        var newest = await client.PutRecordAsync(IngestSettings.StreamName, data, "newest", cancellationToken: cancellation);
        await fill.WaitForAnswerAsync(cancellation);
        server.Dispose();
        try
        {
            await load;
        }
        catch (HttpRequestException)
        {
            // The connections broke with the server, as they should.
        }
        return newest;
    }

    private static async Task CheckAsync(KinesisClient client, string shard, StartingPosition position, byte[] expected, CancellationToken cancellation)
    {
        var iterator = await client.GetShardIteratorAsync(IngestSettings.StreamName, shard, position, cancellation);
        var page = await client.GetRecordsAsync(iterator, 1, cancellation);
        if (page.Records.Count != 1 || !page.Records[0].Data.Span.SequenceEqual(expected))
            throw new BenchmarkException($"after the restart the record at {position.IteratorType} of {shard} is not the one that was acknowledged");
    }

    private static KinesisClient Connect(ServerProcess server) => new(new ClientOptions { EndpointUrl = server.Endpoint, Region = "us-east-1" });

    private Measurement Result(long logBytes) => new(
        "recovery",
        settings.Rounds,
        [
            new("logMegabytes", "log before the first round", logBytes / 1e6, "MB", 0),
            new("readMegabytes", "read by the server, its own files included", Median.Of(_read), "MB", 1),
            new("readyMilliseconds", "start to ready line", Median.Of(_ready), "ms", 0),
            new("firstRecordMilliseconds", "start to first record read", Median.Of(_first), "ms", 0),
            new("newestRecordMilliseconds", "start to newest acknowledged record read", Median.Of(_newest), "ms", 0),
        ],
        "Each round: kill -9 during PutRecords, start, read the oldest record and one acknowledged before the kill; the page cache stays. Medians.");
}
