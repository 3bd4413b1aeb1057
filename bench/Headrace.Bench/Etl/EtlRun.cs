using System.Globalization;
using System.Text.Json;
using Headrace.Bench.Measuring;
using Headrace.Bench.Processes;
using Headrace.Client;
using Headrace.Pipelines;

namespace Headrace.Bench.Etl;

/// <summary>Has programs move sessions from one stream to two, and measures how fast these fill.</summary>
internal sealed class EtlRun(MeasuringSettings settings, Uri endpoint) : IDisposable
{
    private const string Source = "de-c2w2lab1-kinesis-data-stream";
    private const string Usa = "de-c2w2lab1-usa-data-stream";
    private const string International = "de-c2w2lab1-international-data-stream";
    private const int SourceShards = 4;
    private const int DestinationShards = 2;

    private readonly StreamCounts _counts = new(endpoint, [Usa, International]);

    /// <summary>Creates the streams, and puts so many sessions into the source.</summary>
    public async Task FillAsync(int records, CancellationToken cancellation)
    {
        using var client = new KinesisClient(new ClientOptions { EndpointUrl = endpoint, Region = "us-east-1" });
        foreach (var (stream, shards) in new[] { (Source, SourceShards), (Usa, DestinationShards), (International, DestinationShards) })
        {
            await client.CreateStreamAsync(stream, shards, cancellation);
            await client.WaitUntilActiveAsync(stream, cancellation);
        }
        var generator = new UserSessionGenerator(seed: 1);
        await using var producer = new Producer(client, Source);
        for (var record = 0; record < records; record++)
        {
            var session = generator.Next();
            await producer.EnqueueAsync(session.Json, session.SessionId, cancellation);
        }
        await producer.FlushAsync(cancellation);
    }

    public void Dispose() => _counts.Dispose();

    /// <summary>The boto3 loop over the source's first records.</summary>
    /// <returns>Records/s.</returns>
    public Task<double> LoopAsync(int records, CancellationToken cancellation) =>
        _counts.RateAsync(records, token => ChildProgram.RunAsync(
            "python3",
            [
                Path.Combine(settings.Root, "bench/etl_boto3.py"), "--endpoint-url", endpoint.GetLeftPart(UriPartial.Authority), "--source", Source,
                "--usa", Usa, "--international", International, "--count", records.ToString(CultureInfo.InvariantCulture),
            ],
            token), cancellation);

    /// <summary><c>headrace etl</c> over the whole source.</summary>
    /// <returns>Records/s.</returns>
    /// <exception cref="BenchmarkException">Not every record was routed.</exception>
    public async Task<double> PipelineAsync(string pipeline, string group, int records, CancellationToken cancellation)
    {
        var output = "";
        var rate = await _counts.RateAsync(records, async token => output = await ChildProgram.RunAsync(
            Environment.ProcessPath!,
            [
                settings.ServerDll, "etl", "--pipeline", Path.Combine(settings.Root, "examples/streaming-ingestion", pipeline), "--group", group,
                "--checkpoint", $"file:{Path.Combine(settings.Folder.Path, group)}.json", "--dead-letter", Path.Combine(settings.Folder.Path, $"{group}.ndjson"),
                "--no-follow", "--output", "json", "--endpoint-url", endpoint.GetLeftPart(UriPartial.Authority),
            ],
            // As ./headrace runs its client commands.
            token, ("DOTNET_TieredPGO", "0")), cancellation);
        using var done = JsonDocument.Parse(output);
        var routed = done.RootElement.GetProperty("routed").EnumerateObject().Sum(destination => destination.Value.GetInt64());
        return routed == records ? rate : throw new BenchmarkException($"{pipeline} routed {routed:N0} of {records:N0} records: {output}");
    }
}
