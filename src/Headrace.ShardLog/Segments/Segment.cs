using Headrace.ShardLog.Memory;

namespace Headrace.ShardLog.Segments;

/// <summary>
/// One segment as readers know it. Only the committer moves <see cref="Durable"/>, and only forward; the index of a closed
/// segment is loaded when first asked for. Thread-safe.
/// </summary>
internal sealed class Segment(SegmentFiles files, long basePosition, IReadOnlyDictionary<int, long> startPositions, long startUnixMs, DurablePosition durable, SegmentIndex? index)
{
    private readonly Lock _loading = new();
    private long _durable = durable.Bytes;
    private SegmentIndex? _index = index;

    /// <summary>The log-wide number of its first record.</summary>
    public long BasePosition { get; } = basePosition;

    /// <summary>Each shard's next position as the segment begins; shards without records before it are absent.</summary>
    public IReadOnlyDictionary<int, long> StartPositions { get; } = startPositions;

    /// <summary>Every record before the segment arrived at or before this time, every record in it at or after.</summary>
    public long StartUnixMs { get; } = startUnixMs;

    public DurablePosition Durable => new(Volatile.Read(ref _durable));

    public SegmentIndex Index
    {
        get
        {
            if (Volatile.Read(ref _index) is { } loaded)
                return loaded;
            lock (_loading)
                return _index ??= files.ReadIndex(BasePosition, Durable);
        }
    }

    /// <summary>Its frames in memory.</summary>
    public SegmentRuns Runs { get; } = new(files, basePosition, files.Memory);

    public string Path => files.PathOf(BasePosition);

    public long StartOf(int shard) => StartPositions.GetValueOrDefault(shard);

    public void Advance(DurablePosition durable) => Volatile.Write(ref _durable, durable.Bytes);
}
