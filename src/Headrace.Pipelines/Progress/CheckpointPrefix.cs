using System.Collections.Concurrent;

namespace Headrace.Pipelines;

/// <summary>How far each shard is settled without a gap. Thread-safe.</summary>
/// <param name="loaded">What an earlier run had settled; kept for shards that this run does not reach.</param>
internal sealed class CheckpointPrefix(IReadOnlyDictionary<string, string> loaded)
{
    private readonly ConcurrentDictionary<string, SettledPrefix<string>> _shards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _loaded = new(loaded, StringComparer.Ordinal);
    private bool _changed;

    /// <summary>Notes a record, in the order in which its shard was read.</summary>
    public Mark Begin(string shardId, string checkpoint)
    {
        var shard = _shards.GetOrAdd(shardId, static _ => new SettledPrefix<string>());
        return new Mark(shard, shard.Begin(checkpoint));
    }

    /// <summary>A record is durable where it belongs: in its destination or among the dead letters.</summary>
    public void Settle(Mark mark)
    {
        if (mark.Shard.Settle(mark.InShard))
            Volatile.Write(ref _changed, true);
    }

    /// <summary>The checkpoints, if they have moved since this was last asked.</summary>
    public IReadOnlyDictionary<string, string>? TakeChanged()
    {
        // Before they are looked at: what moves meanwhile is told of again, and never missed.
        if (!Interlocked.Exchange(ref _changed, false))
            return null;
        var checkpoints = new Dictionary<string, string>(_loaded, StringComparer.Ordinal);
        foreach (var (shardId, shard) in _shards)
        {
            if (shard.Last is { } last)
                checkpoints[shardId] = last;
        }
        return checkpoints;
    }

    /// <summary>One record on its way.</summary>
    internal readonly record struct Mark(SettledPrefix<string> Shard, SettledPrefix<string>.Mark InShard);
}
