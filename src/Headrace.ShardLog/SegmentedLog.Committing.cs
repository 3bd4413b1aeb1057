using System.Diagnostics;
using Headrace.Files;
using Headrace.ShardLog.Committing;
using Headrace.ShardLog.Frames;
using Headrace.ShardLog.Segments;

namespace Headrace.ShardLog;

// Committing: one run at a time writes what waits, flushes, publishes and answers.
public sealed partial class SegmentedLog
{
    // The committer's own.
    private readonly List<CommitBuffer> _unflushed = [];
    private IDiskFile? _file;
    private WrittenPosition _end;
    private ZeroAhead _ahead;
    private long _nextBase;
    private long _lastTimeUnixMs;
    private long _firstTimeUnixMs;
    private long _lastFlushEnded;
    private long _lastFlushTicks;
    private bool _needsNewSegment;

    private void Commit()
    {
        while (TakeFilling() is { } frame)
        {
            try
            {
                Write(frame);
                _unflushed.Add(frame);
                if (MayWait())
                    continue;
                Flush();
                Publish();
            }
            catch (Exception failure)
            {
                Fail(frame, failure);
            }
        }
    }

    /// <summary>The frame to write next; null, with the run over, when nothing waits.</summary>
    private CommitBuffer? TakeFilling()
    {
        lock (_lock)
        {
            if (_filling.IsEmpty)
            {
                _committing = false;
                _idle?.SetResult();
                _idle = null;
                return null;
            }
            var frame = _filling;
            _filling = _spare;
            _spare = NewBuffer();
            _room?.SetResult();
            _room = null;
            return frame;
        }
    }

    /// <summary>
    /// A flush may be put off while more waits, but no longer than the last one took: so a slow disk gets large flushes, and
    /// nobody waits more than twice as long as for a flush of his own.
    /// </summary>
    private bool MayWait()
    {
        if (_options.Durability != Durability.Fsync || Stopwatch.GetTimestamp() - _lastFlushEnded >= _lastFlushTicks)
            return false;
        lock (_lock)
            return !_filling.IsEmpty;
    }

    private void Write(CommitBuffer frame)
    {
        var now = Math.Max(_lastTimeUnixMs, _options.Time.GetUtcNow().ToUnixTimeMilliseconds());
        OpenSegment(now, frame.Length);
        foreach (var batch in frame.Batches)
            batch.ArrivalUnixMs = now;
        var direct = frame.IsDirect;
        if (direct)
            FillBlock(now);
        new FrameHeader(FrameKind.Records, frame.Length - FrameHeader.Length, frame.RecordCount, _nextBase, now).Write(frame.Frame);
        var bytes = direct ? frame.PaddedFrame(_nextBase + frame.RecordCount, now) : frame.Frame;
        if (direct)
            _file!.WriteDirect(bytes, _end.Bytes);
        else
            _file!.Write(bytes, _end.Bytes);
        if (!direct && _options.Durability == Durability.Fsync)
            _ahead.Prepare(_file, _end.Bytes + bytes.Length, _options.SegmentBytes);
        frame.Offset = _end.Bytes;
        frame.WrittenLength = bytes.Length;
        frame.TimeUnixMs = now;
        _end = new WrittenPosition(_end.Bytes + bytes.Length);
        _nextBase += frame.RecordCount;
        _lastTimeUnixMs = now;
    }

    /// <summary>Pads the segment to the beginning of a block, which only a smaller frame before leaves to be done.</summary>
    private void FillBlock(long now)
    {
        var length = Padding.LengthAt(_end.Bytes);
        if (length == 0)
            return;
        Span<byte> padding = stackalloc byte[length];
        Padding.Write(padding, _nextBase, now);
        _file!.Write(padding, _end.Bytes);
        _end = new WrittenPosition(_end.Bytes + length);
    }

    private void Flush()
    {
        if (_options.Durability != Durability.Fsync)
            return;
        var started = Stopwatch.GetTimestamp();
        _file!.Flush();
        _lastFlushEnded = Stopwatch.GetTimestamp();
        _lastFlushTicks = _lastFlushEnded - started;
    }

    /// <summary>Lets readers see what is durable now, and answers those who wrote it.</summary>
    private void Publish()
    {
        var segment = _segments[^1];
        foreach (var frame in _unflushed)
            segment.Index.AddFrame(frame.Frame[FrameHeader.Length..], frame.Offset, frame.TimeUnixMs);
        // In memory before a reader can want it from the disk.
        foreach (var frame in _unflushed)
            Keep(segment, frame);
        segment.Advance(new DurablePosition(_end.Bytes));
        lock (_lock)
        {
            foreach (var frame in _unflushed)
            {
                foreach (var span in frame.Shards)
                    _durable[span.Shard] = span.End;
            }
        }
        foreach (var frame in _unflushed)
        {
            foreach (var span in frame.Shards)
                _waiters.Notify(span.Shard, span.End);
            foreach (var batch in frame.Batches)
                batch.Complete();
            Recycle(frame);
        }
        _unflushed.Clear();
    }

    private static void Keep(Segment segment, CommitBuffer frame)
    {
        if (frame.IsLarge)
            segment.Runs.Adopt(frame.TakeMemory(), frame.WrittenLength, frame.Offset);
        else
            segment.Runs.Add(frame.Frame, frame.Offset);
    }

    /// <summary>
    /// Nothing since the last flush is durable: all of it fails, and so does what waits behind it, whose positions follow. The
    /// bytes are cut off and a new segment begun before anything is written again; the failed pages are never flushed twice.
    /// </summary>
    private void Fail(CommitBuffer frame, Exception cause)
    {
        var failed = new List<CommitBuffer>(_unflushed);
        if (!failed.Contains(frame))
            failed.Add(frame);
        lock (_lock)
        {
            failed.Add(_filling);
            _filling = NewBuffer();
            _room?.SetResult();
            _room = null;
            // What the disk refuses may work later. Anything else is a fault of this program, after which its state is not to be trusted.
            if (cause is not (IOException or UnauthorizedAccessException))
                _broken = cause;
            _written.Clear();
            foreach (var (shard, end) in _durable)
                _written[shard] = end;
        }
        _unflushed.Clear();
        GiveUpSegment();
        var error = Unavailable(cause);
        foreach (var lost in failed)
        {
            if (lost.Offset >= 0)
                _nextBase -= lost.RecordCount;
            foreach (var batch in lost.Batches)
                batch.Fail(error);
            Recycle(lost);
        }
    }

    /// <summary>The file takes no further byte: the next frame begins a new segment.</summary>
    private void GiveUpSegment()
    {
        _file?.Dispose();
        _file = null;
        _needsNewSegment = true;
    }

    private LogUnavailableException Unavailable(Exception cause) =>
        new($"Cannot write to {_files.Directory}: {cause.Message}", cause is IOException io && DiskException.MeansDiskFull(io), cause);

    private void Recycle(CommitBuffer frame)
    {
        frame.Clear();
        lock (_lock)
            _spare = frame;
    }
}
