using System.Diagnostics;

namespace Headrace.Server.Metrics;

/// <summary>The server's process and its disk, by the names that Prometheus's own libraries give the first.</summary>
internal static class ProcessMetrics
{
    public const string Area = "process";
    public const string DiskArea = "disk";

    /// <param name="dataDirectory">On the disk that is looked at.</param>
    public static IEnumerable<Metric> Of(string dataDirectory) =>
    [
        new(Area, "cpu_seconds", MetricKind.Counter, "s", "Processor time used.", () => [new(Environment.CpuUsage.TotalTime.TotalSeconds)]),
        new(Area, "resident_memory_bytes", MetricKind.Gauge, "By", "Memory held.", () => [new(Environment.WorkingSet)]),
        new(Area, "start_time_seconds", MetricKind.Gauge, "s", "When the process began, in seconds since 1970 (UTC).", () => [new(StartedAt())]),
        new(DiskArea, "free_bytes", MetricKind.Gauge, "By", "Bytes that the disk of the data directory has room for.", () => [new(new DriveInfo(dataDirectory).AvailableFreeSpace)]),
        new(DiskArea, "size_bytes", MetricKind.Gauge, "By", "Bytes of the disk of the data directory.", () => [new(new DriveInfo(dataDirectory).TotalSize)]),
    ];

    private static double StartedAt()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
    }
}
