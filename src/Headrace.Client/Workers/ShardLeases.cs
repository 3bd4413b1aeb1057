namespace Headrace.Client;

/// <summary>Which leases a stream's shards lack, and which have done their duty.</summary>
internal static class ShardLeases
{
    /// <summary>The leases to create.</summary>
    /// <param name="shards">The stream's shards that still hold records.</param>
    /// <param name="leases">The leases that there are.</param>
    /// <param name="initial">Where a group without any lease begins.</param>
    /// <param name="ended">A shard that was just read to its end, though its lease does not say so yet; null: none.</param>
    public static IReadOnlyList<Lease> Missing(
        IReadOnlyList<ShardDescription> shards, IReadOnlyList<Lease> leases, LeaseCheckpoint initial, string? ended = null)
    {
        var listed = shards.ToDictionary(shard => shard.ShardId, StringComparer.Ordinal);
        if (leases.Count == 0)
            return [.. shards.Where(shard => IsFirst(shard, listed, initial)).Select(shard => Of(shard, initial))];

        var known = leases.ToDictionary(lease => lease.ShardId, StringComparer.Ordinal);
        var passed = PassedBy(leases, listed);
        var missing = new List<Lease>();
        foreach (var shard in shards)
        {
            // What lies before a shard with a lease was read, or was not meant to be.
            if (known.ContainsKey(shard.ShardId) || passed.Contains(shard.ShardId))
                continue;
            var isWaiting = Parents(shard).Any(parent =>
                parent != ended && (known.TryGetValue(parent, out var lease) ? !lease.IsEnded : listed.ContainsKey(parent) && !passed.Contains(parent)));
            if (!isWaiting)
                missing.Add(Of(shard, LeaseCheckpoint.TrimHorizon));
        }
        return missing;
    }

    /// <summary>The leases to delete: of shards that ended, once each of their children has a record handled, and of those whose records are gone.</summary>
    public static IReadOnlyList<Lease> Finished(IReadOnlyList<ShardDescription> shards, IReadOnlyList<Lease> leases)
    {
        var known = leases.ToDictionary(lease => lease.ShardId, StringComparer.Ordinal);
        var listed = shards.Select(shard => shard.ShardId).ToHashSet(StringComparer.Ordinal);
        var children = shards.SelectMany(shard => Parents(shard).Select(parent => (parent, shard.ShardId))).ToLookup(pair => pair.parent, pair => pair.ShardId, StringComparer.Ordinal);
        return [.. leases.Where(lease => lease.IsEnded && (!listed.Contains(lease.ShardId) || (children[lease.ShardId].Any() && children[lease.ShardId].All(HasBegun))))];

        bool HasBegun(string shardId) => known.TryGetValue(shardId, out var child) && (child.Checkpoint.IsRecord || child.IsEnded);
    }

    /// <summary>The shards that a shard was split or merged into.</summary>
    public static IReadOnlyList<ShardDescription> ChildrenOf(string shardId, IReadOnlyList<ShardDescription> shards) =>
        [.. shards.Where(shard => Parents(shard).Contains(shardId, StringComparer.Ordinal))];

    /// <summary>
    /// From the oldest record, children follow when their parents have ended. From now, closed shards are of no interest. From a time, a shard may have ended
    /// before it: then its children are read from that time too, so all have leases.
    /// </summary>
    private static bool IsFirst(ShardDescription shard, Dictionary<string, ShardDescription> listed, LeaseCheckpoint initial)
    {
        if (initial == LeaseCheckpoint.AtTimestamp)
            return true;
        return initial == LeaseCheckpoint.Latest ? shard.EndingSequenceNumber is null : !Parents(shard).Any(listed.ContainsKey);
    }

    private static HashSet<string> PassedBy(IReadOnlyList<Lease> leases, Dictionary<string, ShardDescription> listed)
    {
        var passed = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(leases.Select(lease => lease.ShardId));
        while (next.TryPop(out var shardId))
        {
            if (!listed.TryGetValue(shardId, out var shard))
                continue;
            foreach (var parent in Parents(shard).Where(passed.Add))
                next.Push(parent);
        }
        return passed;
    }

    private static Lease Of(ShardDescription shard, LeaseCheckpoint checkpoint) => new()
    {
        ShardId = shard.ShardId,
        Checkpoint = checkpoint,
        ParentShardIds = [.. Parents(shard)],
        StartingHashKey = shard.StartingHashKey,
        EndingHashKey = shard.EndingHashKey,
    };

    private static IEnumerable<string> Parents(ShardDescription shard)
    {
        if (shard.ParentShardId is { } parent)
            yield return parent;
        if (shard.AdjacentParentShardId is { } adjacent)
            yield return adjacent;
    }
}
