namespace Headrace.Client;

/// <summary>
/// What one worker sees of the leases over time: whose counters stand still, by its own clock alone. One worker's; not thread-safe.
/// </summary>
internal sealed class LeaseObservation(TimeProvider time, TimeSpan failoverTime, TimeSpan handoverTimeout, string self)
{
    private readonly Dictionary<string, Sight> _sights = new(StringComparer.Ordinal);

    /// <summary>Takes in the leases as they are now.</summary>
    public IReadOnlyList<ObservedLease> Observe(IReadOnlyList<Lease> leases)
    {
        var now = time.GetTimestamp();
        var before = new Dictionary<string, Sight>(_sights, StringComparer.Ordinal);
        _sights.Clear();
        var unfinished = leases.Where(lease => !lease.IsEnded).Select(lease => lease.ShardId).ToHashSet(StringComparer.Ordinal);
        var observed = new List<ObservedLease>(leases.Count);
        foreach (var lease in leases)
        {
            var known = before.TryGetValue(lease.ShardId, out var sight);
            if (!known)
                sight = new Sight(lease.Owner, lease.Counter, now, HasMoved: false, RequestedAt: null);
            else if (sight.Counter != lease.Counter || sight.Owner != lease.Owner)
                sight = sight with { Owner = lease.Owner, Counter = lease.Counter, Since = now, HasMoved = sight.Owner == lease.Owner && lease.Owner is not null };
            sight = sight with { RequestedAt = lease.RequestedBy == self ? sight.RequestedAt ?? now : null };
            _sights[lease.ShardId] = sight;
            observed.Add(new ObservedLease(lease)
            {
                IsExpired = lease.Owner is not null && time.GetElapsedTime(sight.Since, now) > failoverTime,
                IsLongFree = time.GetElapsedTime(sight.Since, now) > failoverTime * 3,
                IsSeenAlive = sight.HasMoved,
                // A shard's parents are read to their ends first, by whoever has them.
                IsReady = !lease.ParentShardIds.Any(unfinished.Contains),
                IsHandoverOverdue = sight.RequestedAt is { } asked && time.GetElapsedTime(asked, now) > handoverTimeout,
            });
        }
        return observed;
    }

    private readonly record struct Sight(string? Owner, long Counter, long Since, bool HasMoved, long? RequestedAt);
}
