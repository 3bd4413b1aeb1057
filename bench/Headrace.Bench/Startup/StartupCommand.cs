using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Headrace.Bench.Measuring;
using Headrace.Client;

namespace Headrace.Bench.Startup;

/// <summary><c>startup</c>: how soon a server on an empty folder is there, and takes its first record.</summary>
internal sealed class StartupCommand() : MeasuringCommand("startup", "Time from the start on an empty folder to the ready line and to the first acknowledged record.", rounds: 9)
{
    private readonly List<double> _ready = [], _put = [], _resident = [];

    protected override async Task<Measurement> MeasureAsync(ParseResult parsed, MeasuringSettings settings, CancellationToken cancellation)
    {
        // Round 0 is not counted: in it the measuring program itself is compiled.
        for (var round = 0; round <= settings.Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            using var server = await settings.StartServerAsync(string.Create(CultureInfo.InvariantCulture, $"data-{round}"), cancellation);
            var ready = Stopwatch.GetElapsedTime(started);
            using var client = new KinesisClient(new ClientOptions { EndpointUrl = server.Endpoint, Region = "us-east-1" });
            await client.CreateStreamAsync("startup", 1, cancellation);
            await client.WaitUntilActiveAsync("startup", cancellation);
            var put = await client.PutRecordAsync("startup", "first"u8.ToArray(), "key", cancellationToken: cancellation);
            var answered = Stopwatch.GetElapsedTime(started);
            var iterator = await client.GetShardIteratorAsync("startup", put.ShardId, StartingPosition.TrimHorizon, cancellation);
            var page = await client.GetRecordsAsync(iterator, cancellationToken: cancellation);
            if (page.Records.Count != 1 || page.Records[0].SequenceNumber != put.SequenceNumber || !page.Records[0].Data.Span.SequenceEqual("first"u8))
                throw new BenchmarkException("the record that was acknowledged is not the one that is read");
            if (round == 0)
                continue;
            _ready.Add(ready.TotalMilliseconds);
            _put.Add(answered.TotalMilliseconds);
            _resident.Add(server.ResidentBytes / 1e6);
        }
        return new Measurement(
            "startup",
            settings.Rounds,
            [
                new("readyMilliseconds", "start to ready line", Median.Of(_ready), "ms", 0),
                new("firstPutMilliseconds", "start to first PutRecord answered", Median.Of(_put), "ms", 0),
                new("residentMegabytes", "resident memory then", Median.Of(_resident), "MB", 1),
            ],
            "Each round: a new process on an empty folder; CreateStream, its wait for ACTIVE and PutRecord are in the second figure. Medians.");
    }
}
