using Headrace.Streams;

namespace Headrace.Server.Metrics.Scraping;

/// <summary>Whether the server can take records now. It listens only after recovery, so recovery is not asked for.</summary>
internal sealed class Readiness(StreamCatalog streams, string dataDirectory)
{
    /// <summary>With less room than this a disk counts as full: a log's largest frame would not fit.</summary>
    private const long LeastFreeBytes = 16L * 1024 * 1024;

    /// <summary>What keeps it from being ready, in words; empty when it is.</summary>
    public List<string> Faults()
    {
        var faults = new List<string>();
        var free = new DriveInfo(dataDirectory).AvailableFreeSpace;
        if (free < LeastFreeBytes)
            faults.Add($"The disk of the data directory is full: {free} bytes are free.");
        foreach (var stream in streams.All)
        {
            if (stream.Traffic.WriteFailure is { } failure)
                faults.Add($"The last put into stream {stream.Name} ({stream.Scope}) could not be made durable: {failure}");
        }
        return faults;
    }
}
