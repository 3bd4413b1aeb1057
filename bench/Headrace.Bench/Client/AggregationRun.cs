using System.Globalization;
using Headrace.Bench.Measuring;

namespace Headrace.Bench.Client;

/// <summary>
/// Has producers put small records, aggregated and not, in alternating rounds, to a server whose data is in memory: what the two cost where no
/// disk holds either of them up.
/// </summary>
internal sealed class AggregationRun(MeasuringSettings settings, int seconds)
{
    private readonly List<LoadFigures> _single = [], _aggregated = [];

    /// <exception cref="BenchmarkException">A record is missing, or there are too many.</exception>
    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        using var server = await settings.StartServerAsync("aggregated", cancellation);
        var load = new ProducerLoad(ProduceRun.SmallBytes);
        // Round 0 is not counted: in it the programs are compiled.
        for (var round = 0; round <= settings.Rounds; round++)
        {
            var duration = TimeSpan.FromSeconds(round == 0 ? ProduceRun.WarmUpTimes * seconds : seconds);
            var single = await ProduceRun.LoadAsync(server, load, aggregate: false, duration, cancellation);
            var aggregated = await ProduceRun.LoadAsync(server, load, aggregate: true, duration, cancellation);
            settings.Progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"bench: produce into memory, round {round} of {settings.Rounds}: {single.RecordsPerSecond:N0}, aggregated {aggregated.RecordsPerSecond:N0} records/s"));
            if (round == 0)
                continue;
            _single.Add(single);
            _aggregated.Add(aggregated);
        }
        double one = Of(_single, load => load.RecordsPerSecond), many = Of(_aggregated, load => load.RecordsPerSecond);
        double oneCpu = Of(_single, Cpu), manyCpu = Of(_aggregated, Cpu);
        return
        [
            new("memorySmallRecordsPerSecond", "data in memory: the producer, records of 200 bytes", one, "records/s", 0),
            new("memoryAggregatedRecordsPerSecond", "data in memory: the same aggregated", many, "records/s", 0),
            new("memoryAggregationRatio", "data in memory: ratio", many / one, "", 3),
            new("memorySmallCpuMicroseconds", "data in memory: processor time for each record, the library's", Of(_single, load => load.CpuMicrosecondsPerRecord), "µs", 2),
            new("memorySmallServerMicroseconds", "data in memory: and the server's", Of(_single, load => load.ServerMicrosecondsPerRecord), "µs", 2),
            new("memoryAggregatedCpuMicroseconds", "data in memory: aggregated, the library's", Of(_aggregated, load => load.CpuMicrosecondsPerRecord), "µs", 2),
            new("memoryAggregatedServerMicroseconds", "data in memory: aggregated, the server's", Of(_aggregated, load => load.ServerMicrosecondsPerRecord), "µs", 2),
            new("memoryCpuRatio", "data in memory: ratio of both's processor time", oneCpu / manyCpu, "", 3),
        ];
    }

    private static double Cpu(LoadFigures load) => load.CpuMicrosecondsPerRecord + load.ServerMicrosecondsPerRecord;

    private static double Of(List<LoadFigures> loads, Func<LoadFigures, double> figure) => Median.Of(loads.Select(figure));
}
