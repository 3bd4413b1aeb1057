using Headrace.Streams.Traffic;

namespace Headrace.Server.Metrics;

/// <summary>How long calls take, as a histogram in milliseconds.</summary>
/// <param name="Area">What it belongs to, as <see cref="Metric"/> has it.</param>
/// <param name="Name">CloudWatch's name for it.</param>
/// <param name="Description">A sentence for those who choose it in a list.</param>
/// <param name="Observe">Its values now.</param>
internal sealed record LatencyMetric(string Area, string Name, string Description, Func<IEnumerable<(KeyValuePair<string, object?>[] Labels, LatencySnapshot Latency)>> Observe);
