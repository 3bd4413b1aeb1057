namespace Headrace.Bench.Ingest;

/// <summary>What an ingest run found.</summary>
/// <param name="Settings">What was measured.</param>
/// <param name="FileSystem">The type of the file system under the data folders.</param>
/// <param name="Disk">What that disk does without any server.</param>
/// <param name="Headrace">The server.</param>
/// <param name="Sink">The bare endpoint.</param>
/// <param name="Baseline">The other build, if one was given.</param>
/// <param name="RecordsCounted">Records read back and counted over all rounds.</param>
internal sealed record IngestResult(
    IngestSettings Settings, string FileSystem, RawDisk Disk, IngestFigures Headrace, IngestFigures Sink, IngestFigures? Baseline, long RecordsCounted)
{
    public IEnumerable<IngestFigures> All => Baseline is null ? [Headrace, Sink] : [Headrace, Baseline, Sink];

    public double RatioOf(IngestFigures figures) => figures.RecordsPerSecond / Sink.RecordsPerSecond;
}
