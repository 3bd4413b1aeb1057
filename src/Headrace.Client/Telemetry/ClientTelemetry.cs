using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Headrace.Client;

/// <summary>
/// What the library tells of itself: an <see cref="ActivitySource"/> with an activity for each call, and a <see cref="Meter"/>, both
/// called <see cref="Name"/>, for OpenTelemetry or any other listener.
/// </summary>
public static class ClientTelemetry
{
    /// <summary>The name to listen to.</summary>
    public const string Name = "Headrace.Client";

    internal static readonly ActivitySource Activities = new(Name);

    internal static readonly Meter Meter = new(Name);

    internal static readonly Histogram<double> CallDuration =
        Meter.CreateHistogram<double>("headrace.client.call.duration", "s", "How long calls took, retries included");

    internal static readonly Counter<long> Retries = Meter.CreateCounter<long>("headrace.client.retries", "{attempt}", "Attempts after the first one of a call");

    internal static readonly Counter<long> RecordsProduced =
        Meter.CreateCounter<long>("headrace.client.records.produced", "{record}", "Records that producers had acknowledged");

    internal static readonly Counter<long> RecordsRetried =
        Meter.CreateCounter<long>("headrace.client.records.retried", "{record}", "Records that the service refused for the moment, and that are put again");

    internal static readonly Counter<long> RecordsFailed =
        Meter.CreateCounter<long>("headrace.client.records.failed", "{record}", "Records that producers gave up");

    internal static readonly Counter<long> RecordsRead = Meter.CreateCounter<long>("headrace.client.records.read", "{record}", "Records that GetRecords returned");
}
