namespace Headrace.Bench.Client;

/// <summary>What one load has shown.</summary>
/// <param name="RecordsPerSecond">Records acknowledged, or read, in a second.</param>
/// <param name="AllocatedBytesPerRecord">What the library's process allocated for each record.</param>
/// <param name="CpuMicrosecondsPerRecord">Processor time of the library's process for each record, all cores together.</param>
internal readonly record struct LoadFigures(double RecordsPerSecond, double AllocatedBytesPerRecord, double CpuMicrosecondsPerRecord)
{
    /// <summary>Processor time of the server for each record, where it was looked at.</summary>
    public double ServerMicrosecondsPerRecord { get; init; }
}
