using System.Diagnostics.Metrics;
using Headrace.Delivery;
using Headrace.Delivery.Traffic;

namespace Headrace.Server.Metrics;

/// <summary>What CloudWatch tells of delivery streams, and how full their buffers are.</summary>
internal static class FirehoseMetrics
{
    public const string Area = "Firehose";

    public static IEnumerable<Metric> Of(DeliveryService delivery) =>
    [
        Direct(delivery, "IncomingRecords", "{record}", "Records put.", traffic => traffic.PutRecord.Records + traffic.PutRecordBatch.Records),
        Direct(delivery, "IncomingBytes", "By", "Bytes of the records put.", traffic => traffic.PutRecord.Bytes + traffic.PutRecordBatch.Bytes),
        Direct(delivery, "IncomingPutRequests", "{call}", "PutRecord and PutRecordBatch calls that succeeded.", traffic => traffic.PutRecord.Successes + traffic.PutRecordBatch.Successes),
        Direct(delivery, "PutRecord.Requests", "{call}", "PutRecord calls.", traffic => traffic.PutRecord.Latency.Snapshot().Count),
        Direct(delivery, "PutRecord.Bytes", "By", "Bytes put by PutRecord.", traffic => traffic.PutRecord.Bytes),
        Direct(delivery, "PutRecordBatch.Requests", "{call}", "PutRecordBatch calls.", traffic => traffic.PutRecordBatch.Latency.Snapshot().Count),
        Direct(delivery, "PutRecordBatch.Records", "{record}", "Records put by PutRecordBatch.", traffic => traffic.PutRecordBatch.Records),
        Direct(delivery, "PutRecordBatch.Bytes", "By", "Bytes put by PutRecordBatch.", traffic => traffic.PutRecordBatch.Bytes),
        FromStream(delivery, "DataReadFromKinesisStream.Records", MetricKind.Counter, "{record}", "Records read from the data stream.", traffic => traffic.RecordsRead),
        FromStream(delivery, "DataReadFromKinesisStream.Bytes", MetricKind.Counter, "By", "Bytes read from the data stream.", traffic => traffic.BytesRead),
        FromStream(delivery, "KinesisMillisBehindLatest", MetricKind.Gauge, "ms", "How far the last read was behind the data stream's tip.", traffic => traffic.MillisBehindLatest),
        Any(delivery, "DeliveryToS3.Success", MetricKind.Counter, "{object}", "Objects put into the bucket.", stream => stream.Traffic.ObjectsPut),
        Any(delivery, "DeliveryToS3.Attempts", MetricKind.Counter, "{object}", "Attempts to put an object; those that failed are not in DeliveryToS3.Success.", stream => stream.Traffic.PutsBegun),
        Any(delivery, "DeliveryToS3.ObjectCount", MetricKind.Counter, "{object}", "Objects put into the bucket.", stream => stream.Traffic.ObjectsPut),
        Any(delivery, "DeliveryToS3.Records", MetricKind.Counter, "{record}", "Records delivered.", stream => stream.Traffic.RecordsPut),
        Any(delivery, "DeliveryToS3.Bytes", MetricKind.Counter, "By", "Bytes delivered, before compression.", stream => stream.Traffic.BytesPut),
        Any(delivery, "DeliveryToS3.DataFreshness", MetricKind.Gauge, "s", "The age of the oldest record that waits for delivery; what is older has been delivered.", stream => (long)stream.Traffic.Freshness.TotalSeconds),
        Any(delivery, "DeliveryStandstill", MetricKind.Gauge, "1", "1 while delivery stands still and is retried; its log says why.", stream => stream.Progress is { } progress ? (progress.LastError is null ? 0 : 1) : null),
        Any(delivery, "Compaction.ObjectsMerged", MetricKind.Counter, "{object}", "Small objects that were merged into larger ones.", stream => stream.Traffic.ObjectsMerged),
        Any(delivery, "Compaction.MergedObjects", MetricKind.Counter, "{object}", "Larger objects that were made of them.", stream => stream.Traffic.MergedObjects),
        Any(delivery, "Compaction.MergedBytes", MetricKind.Counter, "By", "Bytes of the larger objects.", stream => stream.Traffic.MergedBytes),
        Any(delivery, "BufferedRecords", MetricKind.Gauge, "{record}", "Records of the next object.", stream => stream.Progress?.BufferedRecords),
        Any(delivery, "BufferedBytes", MetricKind.Gauge, "By", "Bytes of the next object.", stream => stream.Progress?.BufferedBytes),
    ];

    public static IEnumerable<LatencyMetric> LatenciesOf(DeliveryService delivery) =>
    [
        new(Area, "PutRecord.Latency", "How long PutRecord took to make its record durable.", () => Directs(delivery).Select(stream => (MetricLabels.Of(stream), stream.Traffic.PutRecord.Latency.Snapshot()))),
        new(Area, "PutRecordBatch.Latency", "How long PutRecordBatch took to make its records durable.", () => Directs(delivery).Select(stream => (MetricLabels.Of(stream), stream.Traffic.PutRecordBatch.Latency.Snapshot()))),
    ];

    private static IEnumerable<DeliveryStream> Directs(DeliveryService delivery) => delivery.All.Where(stream => stream.Type == DeliveryStreamType.DirectPut);

    private static Metric Direct(DeliveryService delivery, string name, string unit, string description, Func<DeliveryTraffic, long> value) =>
        new(Area, name, MetricKind.Counter, unit, description, () => Values(Directs(delivery), stream => value(stream.Traffic)));

    private static Metric FromStream(DeliveryService delivery, string name, MetricKind kind, string unit, string description, Func<DeliveryTraffic, long?> value) =>
        new(Area, name, kind, unit, description, () => Values(delivery.All.Where(stream => stream.Type == DeliveryStreamType.KinesisStreamAsSource), stream => value(stream.Traffic)));

    private static Metric Any(DeliveryService delivery, string name, MetricKind kind, string unit, string description, Func<DeliveryStream, long?> value) =>
        new(Area, name, kind, unit, description, () => Values(delivery.All, value));

    private static IEnumerable<Measurement<double>> Values(IEnumerable<DeliveryStream> streams, Func<DeliveryStream, long?> value) =>
        streams.Select(stream => (Stream: stream, Value: value(stream)))
            .Where(sample => sample.Value is not null)
            .Select(sample => new Measurement<double>(sample.Value!.Value, MetricLabels.Of(sample.Stream)));
}
