using Headrace.ShardLog.Memory;

namespace Headrace.ShardLog;

/// <summary>
/// The memory in which logs keep frames: those just written, for readers near the tip, and those just read, for the readers of other
/// shards. However many logs share it and however far their readers lag, it holds no more than its bound; the oldest go first.
/// Thread-safe.
/// </summary>
/// <param name="maxBytes">The bound; a single run of frames may exceed it.</param>
public sealed class LogMemory(long maxBytes)
{
    public const long DefaultBytes = 128L * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly LinkedList<FrameRun> _runs = [];
    private long _bytes;

    /// <summary>Bytes held now.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    /// <summary>Keeps a run, and has its oldest ones given up by those who own them.</summary>
    internal void Keep(FrameRun run)
    {
        List<FrameRun>? surplus = null;
        lock (_lock)
        {
            _runs.AddLast(run.Node);
            _bytes += run.Capacity;
            for (var oldest = _runs.First; _bytes > maxBytes && oldest != run.Node; oldest = _runs.First)
            {
                Forget(oldest!);
                (surplus ??= []).Add(oldest!.Value);
            }
        }
        // Outside the lock, for an owner has a lock of its own.
        foreach (var old in surplus ?? [])
            old.Owner.Drop(old);
    }

    /// <summary>No longer counts a run that its owner has given up.</summary>
    internal void GiveUp(FrameRun run)
    {
        lock (_lock)
        {
            if (run.Node.List is not null)
                Forget(run.Node);
        }
    }

    private void Forget(LinkedListNode<FrameRun> node)
    {
        _runs.Remove(node);
        _bytes -= node.Value.Capacity;
    }
}
