using Headrace.ShardLog.Segments;

namespace Headrace.ShardLog.Memory;

/// <summary>
/// The frames of one segment that are in memory. A reader who finds the wanted one missing reads it, with those behind it, for all:
/// the shards of a stream lie interleaved, and their readers mostly come along together. Thread-safe.
/// </summary>
internal sealed class SegmentRuns(SegmentFiles files, long basePosition, LogMemory memory)
{
    /// <summary>Bytes that are read from the disk at once, and to which small frames are put together; a larger frame is a run of its own.</summary>
    private const int RunBytes = 256 * 1024;

    private const int SmallestRunBytes = 4 * 1024;

    private readonly Lock _loading = new();

    // Guards the two below; the runs are in order and don't overlap.
    private readonly Lock _lock = new();
    private readonly List<FrameRun> _runs = [];
    private FrameRun? _growing;

    /// <summary>Keeps a copy of a small frame that has just become durable.</summary>
    public void Add(ReadOnlySpan<byte> frame, long offset)
    {
        FrameRun run;
        lock (_lock)
        {
            if (_growing is { } growing && growing.End == offset && growing.TryAppend(frame))
                return;
            // A log that is seldom written to takes little; one that is written to all the time, few large pieces.
            var likely = _growing is null ? SmallestRunBytes : Math.Min(_growing.Capacity * 4, RunBytes);
            run = new FrameRun(this, FrameMemory.Rent(Math.Max(frame.Length, likely), aligned: false), offset, 0);
            run.TryAppend(frame);
            _growing = run;
            _runs.Add(run);
        }
        memory.Keep(run);
    }

    /// <summary>Keeps a large frame that has just become durable, in the memory in which it was written.</summary>
    public void Adopt(FrameMemory frame, int length, long offset)
    {
        var run = new FrameRun(this, frame, offset, length);
        lock (_lock)
            _runs.Add(run);
        memory.Keep(run);
    }

    /// <summary>The run that holds the frame at an offset, in use; null, with what is wrong, when that frame is damaged.</summary>
    /// <param name="offset">Where a frame begins.</param>
    /// <param name="end">The segment's durable end, behind that frame.</param>
    /// <param name="fault">What is wrong.</param>
    public FrameRun? Take(long offset, DurablePosition end, out string? fault)
    {
        fault = null;
        if (TryTake(offset) is { } kept)
            return kept;
        lock (_loading)
        {
            if (TryTake(offset) is { } justRead)
                return justRead;
            var read = Read(offset, end.Bytes, out fault);
            if (read is null)
                return null;
            read.Use();
            lock (_lock)
                _runs.Insert(IndexAfter(offset), read);
            memory.Keep(read);
            return read;
        }
    }

    /// <summary>Gives up a run that is no longer kept.</summary>
    public void Drop(FrameRun run)
    {
        lock (_lock)
        {
            if (!_runs.Remove(run))
                return;
            if (_growing == run)
                _growing = null;
        }
        run.LetGo();
    }

    /// <summary>Gives up all: the segment is deleted, or its log closed.</summary>
    public void Clear()
    {
        FrameRun[] all;
        lock (_lock)
        {
            all = [.. _runs];
            _runs.Clear();
            _growing = null;
        }
        foreach (var run in all)
        {
            memory.GiveUp(run);
            run.LetGo();
        }
    }

    private FrameRun? TryTake(long offset)
    {
        lock (_lock)
        {
            var index = IndexAfter(offset) - 1;
            if (index < 0 || !_runs[index].Holds(offset))
                return null;
            _runs[index].Use();
            return _runs[index];
        }
    }

    /// <summary>The number of the first run that begins behind an offset.</summary>
    private int IndexAfter(long offset)
    {
        int low = 0, high = _runs.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_runs[middle].Start <= offset)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private FrameRun? Read(long offset, long end, out string? fault)
    {
        lock (_lock)
        {
            if (IndexAfter(offset) is var next && next < _runs.Count)
                end = Math.Min(end, _runs[next].Start);
        }
        using var file = files.Disk.Open(files.PathOf(basePosition), writable: false);
        var frames = RunReading.Read(file, offset, end, RunBytes, out var length, out fault);
        if (length > 0)
            return new FrameRun(this, frames, offset, length);
        frames.Return();
        return null;
    }
}
