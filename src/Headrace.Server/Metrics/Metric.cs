using System.Diagnostics.Metrics;

namespace Headrace.Server.Metrics;

/// <summary>A number that the server tells of each of its streams, shards, consumers, delivery streams or buckets.</summary>
/// <param name="Area">What it belongs to, as CloudWatch's namespaces tell: <c>Kinesis</c>, <c>Firehose</c>, …</param>
/// <param name="Name">CloudWatch's name for it, where it has one.</param>
/// <param name="Kind">How it moves.</param>
/// <param name="Unit">By the Unified Code for Units of Measure, as OpenTelemetry wants.</param>
/// <param name="Description">A sentence for those who choose it in a list.</param>
/// <param name="Observe">Its values now.</param>
internal sealed record Metric(string Area, string Name, MetricKind Kind, string Unit, string Description, Func<IEnumerable<Measurement<double>>> Observe);
