namespace Headrace.ShardLog.Tail;

/// <summary>The newest durable frames, in memory, for readers near the tip. Bounded in bytes and frames. Thread-safe.</summary>
internal sealed class LogTail(int maxBytes, IReadOnlyDictionary<int, long> recoveredEnds)
{
    private const int MaxFrames = 512;

    private readonly Lock _lock = new();
    private readonly Queue<TailFrame> _frames = new();

    /// <summary>The position from which on a shard's records are all in memory.</summary>
    private readonly Dictionary<int, long> _starts = new(recoveredEnds);
    private long _bytes;

    public void Add(TailFrame frame)
    {
        lock (_lock)
        {
            _frames.Enqueue(frame);
            _bytes += frame.Length;
            while (_frames.Count > 1 && (_bytes > maxBytes || _frames.Count > MaxFrames))
                Evict();
        }
    }

    /// <summary>Fills a page from memory; false when the position is no longer there.</summary>
    public bool TryRead(int shard, long from, long end, ReadLimits limits, RecordPage page)
    {
        var frames = Pin(shard, from);
        if (frames is null)
            return false;
        try
        {
            foreach (var frame in frames)
            {
                if (!RecordScan.Add(frame.Records, shard, from, end, frame.TimeUnixMs, limits, page))
                    break;
            }
            return true;
        }
        finally
        {
            foreach (var frame in frames)
                frame.LetGo();
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            while (_frames.Count > 0)
                Evict();
        }
    }

    /// <summary>The frames that hold the shard's records from a position on, in use; null when some are gone.</summary>
    private List<TailFrame>? Pin(int shard, long from)
    {
        lock (_lock)
        {
            if (from < _starts.GetValueOrDefault(shard))
                return null;
            var frames = new List<TailFrame>();
            foreach (var frame in _frames)
            {
                if (!EndsBehind(frame, shard, from))
                    continue;
                frame.Use();
                frames.Add(frame);
            }
            return frames;
        }
    }

    private static bool EndsBehind(TailFrame frame, int shard, long from)
    {
        foreach (ref readonly var span in frame.Shards)
        {
            if (span.Shard == shard)
                return span.End > from;
        }
        return false;
    }

    private void Evict()
    {
        var frame = _frames.Dequeue();
        _bytes -= frame.Length;
        foreach (ref readonly var span in frame.Shards)
            _starts[span.Shard] = span.End;
        frame.LetGo();
    }
}
