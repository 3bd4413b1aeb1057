namespace Headrace.Bench.Ingest;

/// <summary>What an ingest run found.</summary>
/// <param name="Settings">What was measured.</param>
/// <param name="FileSystem">The type of the file system under the data folders.</param>
/// <param name="Disk">What that disk does without any server.</param>
/// <param name="Headrace">The server.</param>
/// <param name="Sink">The bare endpoint.</param>
/// <param name="Baseline">The other build, if one was given.</param>
/// <param name="Kinesalite">The peer, if it was asked for.</param>
/// <param name="Moto">The other peer, if it was asked for and is installed.</param>
/// <param name="Watched">The server while somebody looked on, where that was asked for.</param>
/// <param name="RecordsCounted">Records read back and counted over all rounds.</param>
internal sealed record IngestResult(
    IngestSettings Settings, string FileSystem, RawDisk Disk, IngestFigures Headrace, IngestFigures Sink, IngestFigures? Baseline, IngestFigures? Kinesalite, IngestFigures? Moto,
    IReadOnlyList<IngestFigures> Watched, long RecordsCounted)
{
    public IEnumerable<IngestFigures> All => new[] { Headrace, Baseline, Sink, Kinesalite, Moto }.OfType<IngestFigures>().Concat(Watched);

    /// <summary>How many times the peer's records Headrace takes in a second; null without the peer.</summary>
    public double? TimesKinesalite => Headrace.RecordsPerSecond / Kinesalite?.RecordsPerSecond;

    public double RatioOf(IngestFigures figures) => figures.RecordsPerSecond / Sink.RecordsPerSecond;
}
