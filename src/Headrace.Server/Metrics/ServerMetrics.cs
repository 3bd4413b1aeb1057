using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Headrace.Server.Hosting;
using Headrace.Server.S3.Traffic;

namespace Headrace.Server.Metrics;

/// <summary>
/// Every number that the server tells of itself, in one list that the scrape, .NET's instruments and their page in the documentation
/// share. The rooms count; this only looks. One owner disposes it.
/// </summary>
internal sealed class ServerMetrics : IDisposable
{
    private readonly List<Meter> _meters = [];

    public ServerMetrics(Rooms rooms, S3Traffic buckets, string dataDirectory)
    {
        All =
        [
            .. KinesisMetrics.Of(rooms.Streams), .. ShardMetrics.Of(rooms.Streams), .. FirehoseMetrics.Of(rooms.Delivery), .. BucketMetrics.Of(buckets),
            .. ProcessMetrics.Of(dataDirectory),
        ];
        Latencies = [.. KinesisMetrics.LatenciesOf(rooms.Streams), .. FirehoseMetrics.LatenciesOf(rooms.Delivery)];
        foreach (var area in All.GroupBy(metric => metric.Area))
            _meters.Add(CreateMeter(area.Key, area));
    }

    public ImmutableArray<Metric> All { get; }

    public ImmutableArray<LatencyMetric> Latencies { get; }

    public void Dispose()
    {
        foreach (var meter in _meters)
            meter.Dispose();
    }

    /// <summary>.NET's own instruments, which cost nothing until somebody listens.</summary>
    private static Meter CreateMeter(string area, IEnumerable<Metric> metrics)
    {
        var meter = new Meter($"Headrace.{area}");
        foreach (var metric in metrics)
        {
            if (metric.Kind == MetricKind.Counter)
                meter.CreateObservableCounter(metric.Name, metric.Observe, metric.Unit, metric.Description);
            else
                meter.CreateObservableGauge(metric.Name, metric.Observe, metric.Unit, metric.Description);
        }
        return meter;
    }
}
