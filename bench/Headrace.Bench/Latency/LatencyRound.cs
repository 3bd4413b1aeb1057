namespace Headrace.Bench.Latency;

/// <summary>What one round showed; times in milliseconds from the moment before the record was sent.</summary>
/// <param name="RecordsPerSecond">Records that were put in a second.</param>
/// <param name="PutP50">Median of the time to the acknowledgement.</param>
/// <param name="PutP99">99th percentile of it.</param>
/// <param name="ReadP50">Median of the time to the end of the event that brings the record to the consumer.</param>
/// <param name="ReadP99">99th percentile of it.</param>
/// <param name="EventsPerSecond">Events the consumer got in a second.</param>
internal sealed record LatencyRound(double RecordsPerSecond, double PutP50, double PutP99, double ReadP50, double ReadP99, double EventsPerSecond);
