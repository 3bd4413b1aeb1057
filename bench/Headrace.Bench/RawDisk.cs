using System.Diagnostics;
using Headrace.Files;

namespace Headrace.Bench;

/// <summary>What the disk itself can do: blocks written and flushed one after the other through the server's own disk seam.</summary>
/// <param name="BytesPerSecond">Bytes made durable in a second.</param>
/// <param name="FlushMicroseconds">The median time of one block's write and fdatasync.</param>
internal sealed record RawDisk(double BytesPerSecond, double FlushMicroseconds)
{
    private const int BlockBytes = 1 << 20;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    /// <exception cref="IOException">The disk refuses.</exception>
    public static RawDisk Measure(string folder, CancellationToken cancellation)
    {
        var block = new byte[BlockBytes];
        new Random(1).NextBytes(block);
        var path = Path.Combine(folder, "raw");
        var took = new List<double>();
        using var file = LocalDisk.Instance.Create(path);
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < Duration)
        {
            cancellation.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            file.Write(block, (long)took.Count * BlockBytes);
            file.Flush();
            took.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        LocalDisk.Instance.DeleteFile(path);
        return new RawDisk((double)took.Count * BlockBytes / elapsed, Median.Of(took));
    }
}
