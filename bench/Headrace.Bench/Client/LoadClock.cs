using System.Diagnostics;

namespace Headrace.Bench.Client;

/// <summary>Takes what the process has used since it was made.</summary>
internal sealed class LoadClock
{
    private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);
    private readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private readonly long _started = Stopwatch.GetTimestamp();

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public LoadFigures Of(long records)
    {
        var seconds = Elapsed.TotalSeconds;
        var cpu = Environment.CpuUsage.TotalTime - _cpu;
        return new LoadFigures(
            records / seconds,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - _allocated) / records,
            cpu.TotalMicroseconds / records);
    }
}
