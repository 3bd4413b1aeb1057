using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Headrace.Bench.Measuring;
using Headrace.Client;

namespace Headrace.Bench.Shards;

/// <summary>Creates the streams, then puts to all of them in turn and to one of 4 shards, in alternating rounds.</summary>
internal sealed class ShardsRun(MeasuringSettings settings, int streams, int shardsPerStream, int seconds)
{
    private const int Connections = 8;
    private const int RecordsPerRequest = 500;
    private const int DataBytes = 1024;
    private const int FewShards = 4;
    private const string FewName = "few";
    private static readonly byte[] Records = MakeRecords();

    private readonly List<double> _many = [], _few = [];

    /// <exception cref="BenchmarkException">A record was refused.</exception>
    public async Task<Measurement> RunAsync(CancellationToken cancellation)
    {
        var limit = (streams * shardsPerStream) + FewShards;
        using var server = await settings.StartServerAsync("data", cancellation, "--shard-limit", limit.ToString(CultureInfo.InvariantCulture));
        using var client = new KinesisClient(new ClientOptions { EndpointUrl = server.Endpoint, Region = "us-east-1" });
        using var calls = new KinesisCalls(server.Endpoint);
        var idle = server.ResidentBytes;
        await CreateAsync(client, FewName, FewShards, cancellation);
        var names = Enumerable.Range(0, streams).Select(number => string.Create(CultureInfo.InvariantCulture, $"many-{number:d5}")).ToArray();
        settings.Progress.WriteLine($"bench: creating {streams} streams");
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            names, new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellation },
            async (name, token) => await CreateAsync(client, name, shardsPerStream, token));
        var created = Stopwatch.GetElapsedTime(started).TotalSeconds;
        // One request to each first, so that every log is open and every shard has records.
        var next = 0;
        started = Stopwatch.GetTimestamp();
        await PutAsync(calls, names, () => Interlocked.Increment(ref next) <= names.Length, cancellation);
        var touched = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var open = server.ResidentBytes;
        for (var round = 1; round <= settings.Rounds; round++)
        {
            _many.Add(await RateAsync(calls, names, cancellation));
            _few.Add(await RateAsync(calls, [FewName], cancellation));
            settings.Progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"bench: round {round} of {settings.Rounds}: {_many[^1]:N0} records/s to all, {_few[^1]:N0} records/s to {FewShards} shards"));
        }
        var loaded = server.ResidentBytes;
        return new Measurement(
            "shards",
            settings.Rounds,
            [
                new("shards", "shards", streams * shardsPerStream, "", 0),
                new("createSeconds", "to create all streams", created, "s", 1),
                new("firstPutSeconds", "to put a first request to each", touched, "s", 1),
                new("idleMegabytes", "resident memory without streams", idle / 1e6, "MB", 0),
                new("openMegabytes", "resident memory, all streams written to", open / 1e6, "MB", 0),
                new("loadedMegabytes", "resident memory after the load", loaded / 1e6, "MB", 0),
                new("recordsPerSecond", "put to all streams in turn", Median.Of(_many), "records/s", 0),
                new("fewRecordsPerSecond", $"put to one stream of {FewShards} shards", Median.Of(_few), "records/s", 0),
                new("ratio", "ratio", Median.Of(_many) / Median.Of(_few), "", 3),
            ],
            $"PutRecords of {RecordsPerRequest} records of {DataBytes} bytes over {Connections} connections, fsync, each request to the next stream. Medians of rounds of {seconds} s.");
    }

    private static async Task CreateAsync(KinesisClient client, string name, int shards, CancellationToken cancellation)
    {
        await client.CreateStreamAsync(name, shards, cancellation);
        await client.WaitUntilActiveAsync(name, cancellation);
    }

    private async Task<double> RateAsync(KinesisCalls calls, string[] names, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var requests = await PutAsync(calls, names, () => Stopwatch.GetElapsedTime(started).TotalSeconds < seconds, cancellation);
        return requests * RecordsPerRequest / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Puts to one stream after the other, over all connections, as long as there is more to do.</summary>
    /// <returns>How many requests were acknowledged.</returns>
    private static async Task<int> PutAsync(KinesisCalls calls, string[] names, Func<bool> more, CancellationToken cancellation)
    {
        var turn = -1;
        var requests = 0;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (more())
            {
                var name = names[Interlocked.Increment(ref turn) % names.Length];
                using var answer = JsonDocument.Parse(await calls.CallAsync("PutRecords", BodyFor(name), cancellation));
                if (answer.RootElement.GetProperty("FailedRecordCount").GetInt32() != 0 || answer.RootElement.GetProperty("Records").GetArrayLength() != RecordsPerRequest)
                    throw new BenchmarkException($"PutRecords to {name} did not confirm every record");
                Interlocked.Increment(ref requests);
            }
        }));
        return requests;
    }

    private static byte[] BodyFor(string name) => [.. Encoding.UTF8.GetBytes($$"""{"StreamName":"{{name}}","""), .. Records];

    private static byte[] MakeRecords()
    {
        var random = new Random(20_131_202);
        var data = new byte[DataBytes];
        var records = Enumerable.Range(0, RecordsPerRequest).Select(_ =>
        {
            random.NextBytes(data);
            return $$"""{"Data":"{{Convert.ToBase64String(data)}}","PartitionKey":"session-{{random.NextInt64():x16}}"}""";
        });
        return Encoding.UTF8.GetBytes($"\"Records\":[{string.Join(',', records)}]}}");
    }
}
