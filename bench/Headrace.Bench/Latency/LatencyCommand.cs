using System.CommandLine;
using Headrace.Bench.Measuring;

namespace Headrace.Bench.Latency;

/// <summary><c>latency</c>: how long a record takes to be acknowledged, and to be pushed to a consumer.</summary>
internal sealed class LatencyCommand : MeasuringCommand
{
    private readonly Option<int> _rate = new("--rate") { DefaultValueFactory = _ => 1000, Description = "Records a second" };
    private readonly Option<int> _seconds = new("--seconds") { DefaultValueFactory = _ => 5, Description = "Seconds of load in a round" };

    public LatencyCommand()
        : base("latency", "PutRecord at a steady rate: time to the acknowledgement, and to the record's arrival at a subscribed consumer.", rounds: 5)
    {
        AddCount(_rate);
        AddCount(_seconds);
    }

    protected override async Task<Measurement> MeasureAsync(ParseResult parsed, MeasuringSettings settings, CancellationToken cancellation)
    {
        using var server = await settings.StartServerAsync("data", cancellation);
        var rate = parsed.GetValue(_rate);
        var rounds = new List<LatencyRound>();
        var disk = new List<DiskLatency>();
        // Round 0 is not counted: in it both programs are compiled.
        for (var round = 0; round <= settings.Rounds; round++)
        {
            settings.Progress.WriteLine(round == 0 ? "bench: warming up" : $"bench: round {round} of {settings.Rounds}");
            var measured = await new LatencyRun(server.Endpoint, $"latency-{round}", rate, parsed.GetValue(_seconds)).RunAsync(cancellation);
            if (round == 0)
                continue;
            rounds.Add(measured);
            disk.Add(DiskLatency.Measure(settings.Folder.Path, rate, parsed.GetValue(_seconds), cancellation));
        }
        double MedianOf(Func<LatencyRound, double> figure) => Median.Of(rounds.Select(figure));
        return new Measurement(
            "latency",
            settings.Rounds,
            [
                new("recordsPerSecond", "records put", MedianOf(round => round.RecordsPerSecond), "records/s", 0),
                new("putP50Milliseconds", "put to acknowledgement, p50", MedianOf(round => round.PutP50), "ms", 2),
                new("putP99Milliseconds", "put to acknowledgement, p99", MedianOf(round => round.PutP99), "ms", 2),
                new("readP50Milliseconds", "put to arrival at the consumer, p50", MedianOf(round => round.ReadP50), "ms", 2),
                new("readP99Milliseconds", "put to arrival at the consumer, p99", MedianOf(round => round.ReadP99), "ms", 2),
                new("diskP50Milliseconds", "write and flush of the disk alone, p50", Median.Of(disk.Select(round => round.P50)), "ms", 2),
                new("diskP99Milliseconds", "write and flush of the disk alone, p99", Median.Of(disk.Select(round => round.P99)), "ms", 2),
                new("eventsPerSecond", "events pushed to it", MedianOf(round => round.EventsPerSecond), "events/s", 0),
            ],
            $"PutRecord of {LatencyRun.DataBytes} bytes to one shard, fsync; the consumer has subscribed to it (SubscribeToShard). Medians of rounds of {parsed.GetValue(_seconds)} s.");
    }
}
