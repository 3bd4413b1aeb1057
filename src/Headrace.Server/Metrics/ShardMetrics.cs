using System.Diagnostics.Metrics;
using Headrace.Streams;
using Headrace.Streams.Settings;
using Headrace.Streams.Traffic;

namespace Headrace.Server.Metrics;

/// <summary>What CloudWatch tells of single shards, where their stream's enhanced monitoring asks for it.</summary>
internal static class ShardMetrics
{
    // Not the streams' own area: the sum over a metric's values would have everything twice.
    public const string Area = "Kinesis.Shard";

    public static IEnumerable<Metric> Of(StreamCatalog streams) =>
    [
        Shard(streams, ShardLevelMetric.IncomingRecords, MetricKind.Counter, "{record}", "Records stored.", traffic => traffic.IncomingRecords),
        Shard(streams, ShardLevelMetric.IncomingBytes, MetricKind.Counter, "By", "Bytes of the partition keys and data of the records stored.", traffic => traffic.IncomingBytes),
        Shard(streams, ShardLevelMetric.OutgoingRecords, MetricKind.Counter, "{record}", "Records read or pushed.", traffic => traffic.OutgoingRecords),
        Shard(streams, ShardLevelMetric.OutgoingBytes, MetricKind.Counter, "By", "Bytes read or pushed.", traffic => traffic.OutgoingBytes),
        Shard(streams, ShardLevelMetric.WriteProvisionedThroughputExceeded, MetricKind.Counter, "{record}", "Records that the shard's share had no room for.", traffic => traffic.WritesRefused),
        Shard(streams, ShardLevelMetric.ReadProvisionedThroughputExceeded, MetricKind.Counter, "{call}", "GetRecords calls that the shard's share had no room for.", traffic => traffic.ReadsRefused),
        Shard(streams, ShardLevelMetric.IteratorAgeMilliseconds, MetricKind.Gauge, "ms", "How far GetRecords was behind the shard's tip at most, in the last minute; absent when nobody reads.", traffic => traffic.IteratorAgeMs),
    ];

    private static Metric Shard(StreamCatalog streams, ShardLevelMetric which, MetricKind kind, string unit, string description, Func<ShardTraffic, long?> value) =>
        new(Area, which.ToString(), kind, unit, description, () => streams.All
            .Where(stream => stream.ShardLevelMetrics.Contains(which))
            .SelectMany(stream => stream.Shards, (stream, shard) => (Stream: stream, Shard: shard, Value: value(stream.Traffic.Of(shard.Index))))
            .Where(sample => sample.Value is not null)
            .Select(sample => new Measurement<double>(sample.Value!.Value, MetricLabels.Of(sample.Stream, sample.Shard))));
}
