using Headrace.ShardLog.Segments;

namespace Headrace.ShardLog;

// Segments: which one takes the next frame, when a new one begins, and which are given up.
public sealed partial class SegmentedLog
{
    private TaskCompletionSource? _idle;

    public async ValueTask<long> TrimAsync(long unixMilliseconds, CancellationToken cancellation = default)
    {
        await RollIfOlderAsync(unixMilliseconds, cancellation);
        List<Segment> expired = [];
        lock (_lock)
        {
            // What stands before a segment arrived at or before that segment's beginning.
            while (expired.Count < _segments.Length - 1 && _segments[expired.Count + 1].StartUnixMs < unixMilliseconds)
                expired.Add(_segments[expired.Count]);
            if (expired.Count == 0)
                return 0;
            _segments = _segments[expired.Count..];
        }
        foreach (var segment in expired)
        {
            _files.Delete(segment.BasePosition);
            segment.Runs.Clear();
        }
        _files.Disk.SyncDirectory(_files.Directory);
        return expired.Sum(segment => segment.Durable.Bytes);
    }

    /// <summary>Has a segment open that takes a frame of so many bytes.</summary>
    private void OpenSegment(long now, int frameLength)
    {
        var newest = Newest;
        if (newest is null || _needsNewSegment || IsFull(newest, now, frameLength))
        {
            Roll(now);
            _firstTimeUnixMs = now;
            return;
        }
        if (!HasRecords(newest))
            _firstTimeUnixMs = now;
        if (_file is null)
        {
            _file = _files.Disk.Open(newest.Path, writable: true);
            _end = new WrittenPosition(newest.Durable.Bytes);
            _ahead = default;
        }
    }

    /// <summary>The segment that takes the next frames; trimming never removes it.</summary>
    private Segment? Newest
    {
        get
        {
            lock (_lock)
                return _segments.Length > 0 ? _segments[^1] : null;
        }
    }

    private bool IsFull(Segment newest, long now, int frameLength) =>
        HasRecords(newest)
        && ((_file is null ? newest.Durable.Bytes : _end.Bytes) + frameLength > _options.SegmentBytes || now - _firstTimeUnixMs > (long)_options.SegmentAge.TotalMilliseconds);

    private bool HasRecords(Segment segment) => _nextBase > segment.BasePosition;

    /// <summary>After a failure: what was written behind the durable end is removed before anything else is.</summary>
    private void CutBack(Segment newest)
    {
        using var file = _files.Disk.Open(newest.Path, writable: true);
        if (file.Length <= newest.Durable.Bytes)
            return;
        file.SetLength(newest.Durable.Bytes);
        file.Flush();
    }

    private void Roll(long now)
    {
        if (_unflushed.Count > 0)
        {
            Flush();
            Publish();
        }
        Close();
        var closed = Newest;
        if (_needsNewSegment && closed is not null)
            CutBack(closed);
        if (closed is not null && !HasRecords(closed))
        {
            // An empty newest segment has the name that the new one would take.
            _file = _files.Disk.Open(closed.Path, writable: true);
            _end = new WrittenPosition(closed.Durable.Bytes);
            _ahead = default;
            _needsNewSegment = false;
            return;
        }
        Dictionary<int, long> positions;
        lock (_lock)
            positions = new Dictionary<int, long>(_durable);
        // The last record's time bounds from both sides, and lets what stands before expire with that record.
        var start = closed is null ? now : _lastTimeUnixMs;
        (_file, var length) = _files.Create(_nextBase, positions, start);
        _end = new WrittenPosition(length);
        _ahead = default;
        var segment = new Segment(_files, _nextBase, positions, start, new DurablePosition(length), new SegmentIndex());
        lock (_lock)
            _segments = [.. _segments, segment];
        _needsNewSegment = false;
        if (closed is not null)
            StoreIndex(closed);
    }

    /// <summary>A closed segment is whole and ends with its last frame, even if power fails while the next one is begun.</summary>
    private void Close()
    {
        if (_file is { } file && (_options.Durability == Durability.Os || file.Length > _end.Bytes))
        {
            file.SetLength(_end.Bytes);
            file.Flush();
        }
        _file?.Dispose();
        _file = null;
    }

    private void StoreIndex(Segment closed)
    {
        try
        {
            _files.WriteIndex(closed.BasePosition, closed.Index);
        }
        catch (IOException)
        {
            // An index that is missing is rebuilt from its segment.
        }
    }

    /// <summary>A segment that takes no more frames, because nothing comes, must still be able to expire: a new one is begun behind it.</summary>
    private async ValueTask RollIfOlderAsync(long unixMs, CancellationToken cancellation)
    {
        while (true)
        {
            Task busy;
            lock (_lock)
            {
                if (_closed || _segments.Length == 0 || _lastTimeUnixMs >= unixMs || !HasRecords(_segments[^1]))
                    return;
                if (!_committing)
                {
                    // With the flag set, this is the committer.
                    _committing = true;
                    break;
                }
                _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                busy = _idle.Task;
            }
            await busy.WaitAsync(cancellation);
        }
        try
        {
            // A segment whose creation fails half-way must not stay behind while the older one takes further records.
            Roll(Math.Max(_lastTimeUnixMs, _options.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        }
        catch (Exception failure)
        {
            GiveUpSegment();
            throw Unavailable(failure);
        }
        finally
        {
            Commit();
        }
    }

    private async Task CloseCommitterAsync()
    {
        Task? busy = null;
        lock (_lock)
        {
            _closed = true;
            if (_committing)
                busy = (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        if (busy is not null)
            await busy;
        _file?.Dispose();
        _file = null;
    }
}
