namespace Headrace.Client;

/// <summary>Decides which shard is read when and from where: parents before children. Not thread-safe.</summary>
internal sealed class ShardLineage(ConsumerOptions options, IReadOnlyDictionary<string, string> checkpoints)
{
    private readonly Dictionary<string, ShardDescription> _shards = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _drained = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private bool _listed;

    /// <summary>Takes in the stream's shards as they are now.</summary>
    public void Update(IReadOnlyList<ShardDescription> shards)
    {
        _shards.Clear();
        foreach (var shard in shards)
        {
            _shards[shard.ShardId] = shard;
            if (!_listed)
                _known.Add(shard.ShardId);
        }
        _listed = true;
    }

    /// <summary>A closed shard was read to its end.</summary>
    public void Drained(string shardId) => _drained.Add(shardId);

    /// <summary>The shards that may start now, each told once, and where.</summary>
    public IReadOnlyList<(ShardDescription Shard, ShardStart From)> Take()
    {
        var ready = new List<(ShardDescription, ShardStart)>();
        for (var again = true; again;)
        {
            again = false;
            foreach (var shard in _shards.Values)
            {
                if (_taken.Contains(shard.ShardId) || !IsReady(shard))
                    continue;
                _taken.Add(shard.ShardId);
                if (Start(shard) is { } from)
                {
                    ready.Add((shard, from));
                    continue;
                }
                // It closed before "latest": nothing of it is wanted, its children are next.
                _drained.Add(shard.ShardId);
                again = true;
            }
        }
        return ready;
    }

    private bool IsReady(ShardDescription shard) =>
        options.ShardId is { } only
            ? shard.ShardId == only
            : Parents(shard).All(parent => _drained.Contains(parent.ShardId));

    private ShardStart? Start(ShardDescription shard)
    {
        if (checkpoints.TryGetValue(shard.ShardId, out var sequenceNumber))
        {
            var handled = ShardCheckpoint.Parse(sequenceNumber);
            return new ShardStart(handled.Next, handled);
        }
        // A shard born since, or after what an earlier run read, is new from its first record.
        if (!_known.Contains(shard.ShardId) || HasReadAncestor(shard))
            return new ShardStart(StartingPosition.TrimHorizon);
        return options.From == StartingPosition.Latest && shard.EndingSequenceNumber is not null && options.ShardId is null
            ? null
            : new ShardStart(options.From);
    }

    private bool HasReadAncestor(ShardDescription shard) =>
        Parents(shard).Any(parent => checkpoints.ContainsKey(parent.ShardId) || HasReadAncestor(parent));

    /// <summary>The parents that still hold records; those trimmed away need no reading.</summary>
    private IEnumerable<ShardDescription> Parents(ShardDescription shard)
    {
        if (shard.ParentShardId is { } parentId && _shards.TryGetValue(parentId, out var parent))
            yield return parent;
        if (shard.AdjacentParentShardId is { } adjacentId && _shards.TryGetValue(adjacentId, out var adjacent))
            yield return adjacent;
    }
}
