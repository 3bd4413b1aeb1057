namespace Headrace.Pipelines;

/// <summary>How far each shard is settled without a gap. Thread-safe.</summary>
internal sealed class CheckpointPrefix
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SettledPrefix<string>> _shards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _checkpoints;
    private bool _changed;

    /// <param name="loaded">What an earlier run had settled; kept for shards that this run does not reach.</param>
    public CheckpointPrefix(IReadOnlyDictionary<string, string> loaded) => _checkpoints = new Dictionary<string, string>(loaded, StringComparer.Ordinal);

    /// <summary>Notes a record, in the order in which its shard was read.</summary>
    public Mark Begin(string shardId, string checkpoint)
    {
        lock (_lock)
        {
            if (!_shards.TryGetValue(shardId, out var shard))
                _shards[shardId] = shard = new SettledPrefix<string>();
            return new Mark(shardId, shard.Begin(checkpoint));
        }
    }

    /// <summary>A record is durable where it belongs: in its destination or among the dead letters.</summary>
    public void Settle(Mark mark)
    {
        lock (_lock)
        {
            var shard = _shards[mark.ShardId];
            if (!shard.Settle(mark.InShard))
                return;
            _checkpoints[mark.ShardId] = shard.Last!;
            _changed = true;
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
    internal readonly record struct Mark(string ShardId, SettledPrefix<string>.Mark InShard);
}
