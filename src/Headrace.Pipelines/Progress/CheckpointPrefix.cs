namespace Headrace.Pipelines;

/// <summary>
/// Knows, per shard, the last record before which everything is settled: records settle in any order, but a restart may only
/// skip what has no gap. Thread-safe.
/// </summary>
internal sealed class CheckpointPrefix
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<Mark>> _unsettled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _checkpoints;
    private bool _changed;

    /// <param name="loaded">What an earlier run had settled; kept for shards that this run does not reach.</param>
    public CheckpointPrefix(IReadOnlyDictionary<string, string> loaded) => _checkpoints = new Dictionary<string, string>(loaded, StringComparer.Ordinal);

    /// <summary>Notes a record, in the order in which its shard was read.</summary>
    public Mark Begin(string shardId, string sequenceNumber)
    {
        var mark = new Mark(shardId, sequenceNumber);
        lock (_lock)
        {
            if (!_unsettled.TryGetValue(shardId, out var marks))
                _unsettled[shardId] = marks = new Queue<Mark>();
            marks.Enqueue(mark);
        }
        return mark;
    }

    /// <summary>A record is durable where it belongs: in its destination or among the dead letters.</summary>
    public void Settle(Mark mark)
    {
        lock (_lock)
        {
            mark.IsSettled = true;
            var marks = _unsettled[mark.ShardId];
            while (marks.TryPeek(out var first) && first.IsSettled)
            {
                _checkpoints[first.ShardId] = first.SequenceNumber;
                _changed = true;
                marks.Dequeue();
            }
        }
    }

    /// <summary>The checkpoints, if they have moved since this was last asked.</summary>
    public IReadOnlyDictionary<string, string>? TakeChanged()
    {
        lock (_lock)
        {
            if (!_changed)
                return null;
            _changed = false;
            return new Dictionary<string, string>(_checkpoints, StringComparer.Ordinal);
        }
    }

    /// <summary>One record on its way.</summary>
    internal sealed class Mark(string shardId, string sequenceNumber)
    {
        public string ShardId { get; } = shardId;

        public string SequenceNumber { get; } = sequenceNumber;

        public bool IsSettled { get; set; }
    }
}
