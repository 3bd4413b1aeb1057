using System.Globalization;
using System.Text;
using Headrace.Streams.Traffic;

namespace Headrace.Server.Metrics.Scraping;

/// <summary>
/// Writes metrics in Prometheus's text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/). Not thread-safe.
/// </summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public void Write(Metric metric)
    {
        var name = PrometheusNames.Of(metric);
        WriteHead(name, metric.Description, metric.Kind == MetricKind.Counter ? "counter" : "gauge");
        foreach (var measurement in metric.Observe())
            WriteSample(name, measurement.Tags, bound: null, measurement.Value);
    }

    public void Write(LatencyMetric metric)
    {
        var name = PrometheusNames.Of(metric);
        WriteHead(name, metric.Description, "histogram");
        foreach (var (labels, latency) in metric.Observe())
        {
            long below = 0;
            for (var bucket = 0; bucket < latency.Counts.Length; bucket++)
            {
                below += latency.Counts[bucket];
                var bound = bucket < LatencyCounts.UpperBoundsMs.Length ? Number(LatencyCounts.UpperBoundsMs[bucket]) : "+Inf";
                WriteSample($"{name}_bucket", labels, bound, below);
            }
            WriteSample($"{name}_sum", labels, bound: null, latency.Sum.TotalMilliseconds);
            WriteSample($"{name}_count", labels, bound: null, below);
        }
    }

    public override string ToString() => _text.ToString();

    private void WriteHead(string name, string description, string type)
    {
        _text.Append("# HELP ").Append(name).Append(' ').Append(description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    private void WriteSample(string name, ReadOnlySpan<KeyValuePair<string, object?>> labels, string? bound, double value)
    {
        _text.Append(name);
        var separator = '{';
        foreach (var (label, text) in labels)
        {
            WriteLabel(separator, label, (string?)text ?? "");
            separator = ',';
        }
        if (bound is not null)
        {
            WriteLabel(separator, "le", bound);
            separator = ',';
        }
        if (separator == ',')
            _text.Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private void WriteLabel(char separator, string label, string value)
    {
        _text.Append(separator).Append(label).Append("=\"");
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => _text.Append("\\\\"),
                '"' => _text.Append("\\\""),
                '\n' => _text.Append("\\n"),
                _ => _text.Append(character),
            };
        }
        _text.Append('"');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
