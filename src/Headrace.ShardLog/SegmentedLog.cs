using Headrace.ShardLog.Committing;
using Headrace.ShardLog.Recovery;
using Headrace.ShardLog.Segments;
using Headrace.ShardLog.Tracing;

namespace Headrace.ShardLog;

/// <summary>
/// The log on local files. Thread-safe: appenders share one lock for as long as a copy takes, one committer at a time writes
/// and flushes, readers hold no lock while they read. This file holds what they share; each way through the log has its own.
/// </summary>
public sealed partial class SegmentedLog : IShardLog
{
    /// <summary>A frame takes no further batch when it has so many bytes; appenders wait for the next one.</summary>
    internal const int MaxFrameBytes = 16 * 1024 * 1024;

    private readonly LogOptions _options;
    private readonly SegmentFiles _files;
    private readonly ShardWaiters _waiters = new();
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<int, long> _written;
    private readonly Dictionary<int, long> _durable;
    private Segment[] _segments;

    private SegmentedLog(LogOptions options, SegmentFiles files, RecoveredLog recovered)
    {
        _options = options;
        _filling = NewBuffer();
        _spare = NewBuffer();
        _files = files;
        _segments = [.. recovered.Segments];
        _written = recovered.NextPositions;
        _durable = new Dictionary<int, long>(recovered.NextPositions);
        _nextBase = recovered.NextBase;
        _lastTimeUnixMs = recovered.LastTimeUnixMs;
        _firstTimeUnixMs = recovered.Segments.Count > 0 ? recovered.Segments[^1].StartUnixMs : 0;
    }

    /// <summary>Opens or creates a log, recovering its tail; what was dropped is in <paramref name="report"/>.</summary>
    /// <exception cref="IOException">The directory cannot be used, or a closed segment is damaged at its beginning.</exception>
    public static IShardLog Open(LogOptions options, out RecoveryReport report)
    {
        options.Disk.CreateDirectory(options.Directory);
        var files = new SegmentFiles(options.Disk, options.Directory, options.Memory);
        var recovered = LogRecovery.Recover(files);
        report = recovered.Report;
        return new SegmentedLog(options, files, recovered);
    }

    public TracedAppends Traces { get; } = new();

    public ShardExtent GetExtent(int shard)
    {
        lock (_lock)
            return ExtentOf(shard);
    }

    public ValueTask WaitForAsync(int shard, long position, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
            ObjectDisposedException.ThrowIf(_closed, this);
        return GetExtent(shard).End > position
            ? ValueTask.CompletedTask
            : _waiters.WaitAsync(shard, position, () => GetExtent(shard).End, cancellation);
    }

    /// <summary>Finishes what is under way and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseCommitterAsync();
        _waiters.FailAll(new ObjectDisposedException(nameof(SegmentedLog)));
        foreach (var segment in Look(0).Segments)
            segment.Runs.Clear();
    }

    private CommitBuffer NewBuffer() => new(_options.DirectBytes);

    private ShardExtent ExtentOf(int shard)
    {
        var end = _durable.GetValueOrDefault(shard);
        var first = _segments.Length == 0 ? 0 : Math.Min(_segments[0].StartOf(shard), end);
        return new ShardExtent(first, end);
    }
}
