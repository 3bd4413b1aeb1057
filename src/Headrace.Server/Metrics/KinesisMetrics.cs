using System.Diagnostics.Metrics;
using Headrace.Streams;
using Headrace.Streams.Traffic;

namespace Headrace.Server.Metrics;

/// <summary>What CloudWatch tells of streams and of the consumers registered with them.</summary>
internal static class KinesisMetrics
{
    public const string Area = "Kinesis";

    public static IEnumerable<Metric> Of(StreamCatalog streams) =>
    [
        Stream(streams, "IncomingRecords", MetricKind.Counter, "{record}", "Records stored.", traffic => traffic.IncomingRecords),
        Stream(streams, "IncomingBytes", MetricKind.Counter, "By", "Bytes of the partition keys and data of the records stored.", traffic => traffic.IncomingBytes),
        Stream(streams, "PutRecord.Success", MetricKind.Counter, "{call}", "PutRecord calls that succeeded.", traffic => traffic.PutRecord.Successes),
        Stream(streams, "PutRecord.Bytes", MetricKind.Counter, "By", "Bytes put by PutRecord.", traffic => traffic.PutRecord.Bytes),
        Stream(streams, "PutRecords.Success", MetricKind.Counter, "{call}", "PutRecords calls of which at least one record was taken.", traffic => traffic.PutRecords.Successes),
        Stream(streams, "PutRecords.Bytes", MetricKind.Counter, "By", "Bytes put by PutRecords.", traffic => traffic.PutRecords.Bytes),
        Stream(streams, "PutRecords.TotalRecords", MetricKind.Counter, "{record}", "Records that came by PutRecords.", traffic => traffic.RecordsPut),
        Stream(streams, "PutRecords.SuccessfulRecords", MetricKind.Counter, "{record}", "Records taken by PutRecords.", traffic => traffic.PutRecords.Records),
        Stream(streams, "PutRecords.FailedRecords", MetricKind.Counter, "{record}", "Records of PutRecords that failed inside the server.", traffic => traffic.RecordsFailed),
        Stream(streams, "PutRecords.ThrottledRecords", MetricKind.Counter, "{record}", "Records of PutRecords that their shard's share had no room for.", traffic => traffic.RecordsThrottled),
        Stream(streams, "GetRecords.Success", MetricKind.Counter, "{call}", "GetRecords calls that succeeded.", traffic => traffic.GetRecords.Successes),
        Stream(streams, "GetRecords.Records", MetricKind.Counter, "{record}", "Records read by GetRecords.", traffic => traffic.GetRecords.Records),
        Stream(streams, "GetRecords.Bytes", MetricKind.Counter, "By", "Bytes read by GetRecords.", traffic => traffic.GetRecords.Bytes),
        Stream(streams, "GetRecords.IteratorAgeMilliseconds", MetricKind.Gauge, "ms", "How far GetRecords was behind a shard's tip at most, in the last minute; absent when nobody reads.", traffic => traffic.IteratorAgeMs),
        Stream(streams, "WriteProvisionedThroughputExceeded", MetricKind.Counter, "{record}", "Records that their shard's share had no room for.", traffic => traffic.WritesRefused),
        Stream(streams, "ReadProvisionedThroughputExceeded", MetricKind.Counter, "{call}", "GetRecords calls that their shard's share had no room for.", traffic => traffic.ReadsRefused),
        Consumer(streams, "SubscribeToShard.Success", MetricKind.Counter, "{call}", "Subscriptions that began.", traffic => traffic.Subscriptions),
        Consumer(streams, "SubscribeToShard.RateExceeded", MetricKind.Counter, "{call}", "Subscriptions refused because they came too often or too soon after another.", traffic => traffic.RefusedSubscriptions),
        Consumer(streams, "SubscribeToShardEvent.Success", MetricKind.Counter, "{event}", "Events pushed.", traffic => traffic.Events),
        Consumer(streams, "SubscribeToShardEvent.Records", MetricKind.Counter, "{record}", "Records pushed.", traffic => traffic.Records),
        Consumer(streams, "SubscribeToShardEvent.Bytes", MetricKind.Counter, "By", "Bytes pushed.", traffic => traffic.Bytes),
        Consumer(streams, "SubscribeToShardEvent.MillisBehindLatest", MetricKind.Gauge, "ms", "How far pushed events were behind a shard's tip at most, in the last minute; absent when nothing is pushed.", traffic => traffic.MillisBehindLatest),
    ];

    public static IEnumerable<LatencyMetric> LatenciesOf(StreamCatalog streams) =>
    [
        Latency(streams, "PutRecord.Latency", "How long PutRecord took to make its record durable.", traffic => traffic.PutRecord),
        Latency(streams, "PutRecords.Latency", "How long PutRecords took to make its records durable.", traffic => traffic.PutRecords),
        Latency(streams, "GetRecords.Latency", "How long GetRecords took to read.", traffic => traffic.GetRecords),
    ];

    private static Metric Stream(StreamCatalog streams, string name, MetricKind kind, string unit, string description, Func<StreamTraffic, long?> value) =>
        new(Area, name, kind, unit, description, () => streams.All
            .Select(stream => (Stream: stream, Value: value(stream.Traffic)))
            .Where(sample => sample.Value is not null)
            .Select(sample => new Measurement<double>(sample.Value!.Value, MetricLabels.Of(sample.Stream))));

    private static Metric Consumer(StreamCatalog streams, string name, MetricKind kind, string unit, string description, Func<ConsumerTraffic, long?> value) =>
        new(Area, name, kind, unit, description, () => streams.All
            .SelectMany(stream => stream.Consumers)
            .Select(consumer => (Consumer: consumer, Value: value(consumer.Traffic)))
            .Where(sample => sample.Value is not null)
            .Select(sample => new Measurement<double>(sample.Value!.Value, MetricLabels.Of(sample.Consumer))));

    private static LatencyMetric Latency(StreamCatalog streams, string name, string description, Func<StreamTraffic, CallTraffic> calls) =>
        new(Area, name, description, () => streams.All.Select(stream => (MetricLabels.Of(stream), calls(stream.Traffic).Latency.Snapshot())));
}
