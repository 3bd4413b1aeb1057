using System.Text;

namespace Headrace.Server.Metrics.Scraping;

/// <summary>
/// Prometheus's names for the metrics: the area in small letters, then CloudWatch's name, with underscores for what Prometheus has no
/// place for; the unit where the name does not say it, and <c>_total</c> for what only grows.
/// </summary>
internal static class PrometheusNames
{
    public static string Of(Metric metric)
    {
        var name = WithUnit(Of(metric.Area, metric.Name), metric.Unit);
        return metric.Kind == MetricKind.Counter ? $"{name}_total" : name;
    }

    public static string Of(LatencyMetric metric) => WithUnit(Of(metric.Area, metric.Name), "ms");

    private static string Of(string area, string name)
    {
        var text = new StringBuilder(area.ToLowerInvariant()).Append('_').Append(name);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(text[i]))
                text[i] = '_';
        }
        return text.ToString();
    }

    private static string WithUnit(string name, string unit) => unit switch
    {
        "s" when !name.EndsWith("seconds", StringComparison.Ordinal) => $"{name}_seconds",
        "ms" when !name.Contains("Millis", StringComparison.Ordinal) => $"{name}_milliseconds",
        _ => name,
    };
}
