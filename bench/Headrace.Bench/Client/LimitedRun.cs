using System.Globalization;
using Headrace.Bench.Ingest;
using Headrace.Bench.Measuring;
using Headrace.Client;

namespace Headrace.Bench.Client;

/// <summary>
/// Has producers put small records, aggregated and not, to a server that holds shards to AWS's limits: 1,000 records and 1 MiB a second. It is
/// these that aggregation was made for.
/// </summary>
internal sealed class LimitedRun(MeasuringSettings settings, int seconds)
{
    /// <summary>So that the share which a shard has saved up at the start counts for little.</summary>
    private const int Longer = 5;

    /// <exception cref="BenchmarkException">A record is missing, or there are too many.</exception>
    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        using var server = await settings.StartServerAsync("limited", cancellation, "--limits", "aws");
        var load = new ProducerLoad(ProduceRun.SmallBytes);
        var duration = TimeSpan.FromSeconds(Longer * seconds);
        var single = await ProduceRun.LoadAsync(server, load, aggregate: false, duration, cancellation, ShardRate.Aws);
        var aggregated = await ProduceRun.LoadAsync(server, load, aggregate: true, duration, cancellation, ShardRate.Aws);
        settings.Progress.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"bench: produce within AWS's limits: {single.RecordsPerSecond:N0}, aggregated {aggregated.RecordsPerSecond:N0} records/s"));
        return
        [
            new("limitedSmallRecordsPerSecond", $"{IngestSettings.Shards} shards with AWS's limits: records of 200 bytes", single.RecordsPerSecond, "records/s", 0),
            new("limitedAggregatedRecordsPerSecond", $"{IngestSettings.Shards} shards with AWS's limits: the same aggregated", aggregated.RecordsPerSecond, "records/s", 0),
            new("limitedAggregationRatio", $"{IngestSettings.Shards} shards with AWS's limits: ratio", aggregated.RecordsPerSecond / single.RecordsPerSecond, "", 3),
        ];
    }
}
