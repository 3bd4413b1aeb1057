using System.Diagnostics;
using Headrace.Files;

namespace Headrace.Bench.Latency;

/// <summary>The yardstick: the disk alone, which takes a block at the same rate, written over zeros and flushed by the server's own calls.</summary>
/// <param name="P50">Median of the time of a write and its flush, in milliseconds.</param>
/// <param name="P99">99th percentile of it.</param>
internal sealed record DiskLatency(double P50, double P99)
{
    /// <summary>A record of the measured length with its frame.</summary>
    private const int BlockBytes = LatencyRun.DataBytes + 64;

    /// <exception cref="IOException">The disk refuses.</exception>
    public static DiskLatency Measure(string folder, int rate, int seconds, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "disk");
        var took = new double[rate * seconds];
        using (var file = LocalDisk.Instance.Create(path))
        {
            file.Write(new byte[took.Length * BlockBytes], 0);
            file.Flush();
            var block = new byte[BlockBytes];
            Array.Fill(block, (byte)1);
            var begun = Stopwatch.GetTimestamp();
            for (var number = 0; number < took.Length; number++)
            {
                cancellation.ThrowIfCancellationRequested();
                var due = TimeSpan.FromSeconds((double)number / rate);
                if (due - Stopwatch.GetElapsedTime(begun) is var wait && wait > TimeSpan.Zero)
                    Thread.Sleep(wait);
                var started = Stopwatch.GetElapsedTime(begun);
                file.Write(block, (long)number * BlockBytes);
                file.Flush();
                // What waits behind a slow flush is late too, as a put would be.
                took[number] = (Stopwatch.GetElapsedTime(begun) - (started < due ? started : due)).TotalMilliseconds;
            }
        }
        LocalDisk.Instance.DeleteFile(path);
        Array.Sort(took);
        return new DiskLatency(took[took.Length / 2], took[(int)((took.Length - 1) * 0.99)]);
    }
}
