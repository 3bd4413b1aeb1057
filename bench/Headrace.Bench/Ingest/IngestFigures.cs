namespace Headrace.Bench.Ingest;

/// <summary>One server's medians over the rounds.</summary>
/// <param name="Name">Which server.</param>
/// <param name="RecordsPerSecond">Records answered in a second.</param>
/// <param name="P50Milliseconds">The median of a request's latency.</param>
/// <param name="P99Milliseconds">The 99th percentile of a request's latency.</param>
/// <param name="UserMicrosecondsPerRecord">Processor time of the server's own code for one record, all cores together.</param>
/// <param name="KernelMicrosecondsPerRecord">The same of the kernel on the server's behalf.</param>
/// <param name="Errors">Answers other than 2xx, and broken connections, over all rounds.</param>
internal sealed record IngestFigures(
    string Name,
    double RecordsPerSecond,
    double P50Milliseconds,
    double P99Milliseconds,
    double UserMicrosecondsPerRecord,
    double KernelMicrosecondsPerRecord,
    long Errors)
{
    /// <summary>Which part fewer records it takes because somebody looks on; null where nobody does.</summary>
    public double? CostOfOnlooker { get; init; }

    /// <summary>Megabytes (10^6) of record data in a second.</summary>
    public double MegabytesPerSecond => RecordsPerSecond * IngestSettings.DataBytes / 1e6;
}
