namespace Headrace.Server.Metrics;

internal enum MetricKind
{
    /// <summary>Only grows, and begins anew with the server.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,
}
