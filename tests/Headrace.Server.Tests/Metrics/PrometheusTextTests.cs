using Headrace.Server.Metrics;
using Headrace.Server.Metrics.Scraping;
using Headrace.Streams.Traffic;

namespace Headrace.Server.Tests.Metrics;

/// <summary>Metrics as Prometheus reads them.</summary>
public sealed class PrometheusTextTests
{
    [Fact]
    public void A_counter_has_its_head_its_labels_and_its_value() =>
        Text(new Metric("Kinesis", "PutRecords.Bytes", MetricKind.Counter, "By", "Bytes put.", () =>
        [
            new(12345678901234, new KeyValuePair<string, object?>("Region", "us-east-1"), new KeyValuePair<string, object?>("StreamName", "orders")),
            new(0),
        ])).ShouldBe("""
            # HELP kinesis_PutRecords_Bytes_total Bytes put.
            # TYPE kinesis_PutRecords_Bytes_total counter
            kinesis_PutRecords_Bytes_total{Region="us-east-1",StreamName="orders"} 12345678901234
            kinesis_PutRecords_Bytes_total 0

            """);

    [Fact]
    public void What_the_format_uses_itself_is_escaped() =>
        Text(new Metric("Kinesis.Shard", "Age", MetricKind.Gauge, "{x}", "A \\ and\na line", () => [new(0.5, new KeyValuePair<string, object?>("Name", "a\"b\\c\nd"))])).ShouldBe("""
            # HELP kinesis_shard_Age A \\ and\na line
            # TYPE kinesis_shard_Age gauge
            kinesis_shard_Age{Name="a\"b\\c\nd"} 0.5

            """);

    [Theory]
    [InlineData("Firehose", "DeliveryToS3.DataFreshness", MetricKind.Gauge, "s", "firehose_DeliveryToS3_DataFreshness_seconds")]
    [InlineData("Kinesis", "GetRecords.IteratorAgeMilliseconds", MetricKind.Gauge, "ms", "kinesis_GetRecords_IteratorAgeMilliseconds")]
    [InlineData("S3", "4xxErrors", MetricKind.Counter, "{request}", "s3_4xxErrors_total")]
    [InlineData("process", "cpu_seconds", MetricKind.Counter, "s", "process_cpu_seconds_total")]
    public void Names_say_area_unit_and_kind(string area, string name, object kind, string unit, string expected) =>
        PrometheusNames.Of(new Metric(area, name, (MetricKind)kind, unit, "", () => [])).ShouldBe(expected);

    [Fact]
    public void Buckets_of_a_latency_add_up()
    {
        var latency = new LatencyCounts();
        foreach (var milliseconds in new[] { 0.2, 3, 5, 20_000 })
            latency.Add(TimeSpan.FromMilliseconds(milliseconds));
        var text = new PrometheusText();
        text.Write(new LatencyMetric("Kinesis", "PutRecords.Latency", "Long.", () => [([new("StreamName", "s")], latency.Snapshot())]));
        var lines = text.ToString().Split('\n');
        lines[1].ShouldBe("# TYPE kinesis_PutRecords_Latency_milliseconds histogram");
        lines.ShouldContain("""kinesis_PutRecords_Latency_milliseconds_bucket{StreamName="s",le="0.25"} 1""");
        lines.ShouldContain("""kinesis_PutRecords_Latency_milliseconds_bucket{StreamName="s",le="2.5"} 1""");
        lines.ShouldContain("""kinesis_PutRecords_Latency_milliseconds_bucket{StreamName="s",le="5"} 3""");
        lines.ShouldContain("""kinesis_PutRecords_Latency_milliseconds_bucket{StreamName="s",le="10000"} 3""");
        lines.ShouldContain("""kinesis_PutRecords_Latency_milliseconds_bucket{StreamName="s",le="+Inf"} 4""");
        lines.ShouldContain("""kinesis_PutRecords_Latency_milliseconds_sum{StreamName="s"} 20008.2""");
        lines.ShouldContain("""kinesis_PutRecords_Latency_milliseconds_count{StreamName="s"} 4""");
    }

    private static string Text(Metric metric)
    {
        var text = new PrometheusText();
        text.Write(metric);
        return text.ToString();
    }
}
