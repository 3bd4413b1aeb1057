namespace Headrace.Client;

/// <summary>
/// Which leases a worker takes and which it asks others for, so that all have about the same number. All workers decide alike, each for itself.
/// </summary>
internal static class LeaseBalance
{
    /// <param name="leases">All leases as this worker sees them.</param>
    /// <param name="self">This worker.</param>
    /// <param name="random">Spreads the choices, so that workers that come at once don't go for the same leases.</param>
    public static (IReadOnlyList<Lease> Take, IReadOnlyList<Lease> Request) Decide(IReadOnlyList<ObservedLease> leases, string self, Random random)
    {
        var wanted = leases.Where(lease => lease.IsWanted).ToList();
        var loads = Loads(wanted, self);
        var target = (wanted.Count + loads.Count - 1) / loads.Count;
        var need = target - loads[self].Count;

        // Its own from an earlier life, or handed over to it; and what it was not given in time.
        var take = wanted.Where(lease => lease.Lease.Owner == self || lease.IsHandoverOverdue).Select(lease => lease.Lease).ToList();
        var free = wanted.Where(lease => lease.IsFree && lease.Lease.Owner != self && !lease.IsHandoverOverdue).ToArray();
        random.Shuffle(free);
        var room = Math.Max(need, 0);
        take.AddRange(free.Take(room).Concat(free.Skip(room).Where(lease => lease.IsLongFree)).Select(lease => lease.Lease));

        var request = free.Length == 0 && need > 0 ? Surplus(loads, self, target, need, random) : [];
        return (take, request);
    }

    /// <summary>Every worker that lives with the leases that it has, or will be handed over.</summary>
    private static Dictionary<string, List<ObservedLease>> Loads(List<ObservedLease> wanted, string self)
    {
        var loads = new Dictionary<string, List<ObservedLease>>(StringComparer.Ordinal) { [self] = [] };
        foreach (var lease in wanted)
        {
            if (lease.IsFree && lease.Lease.Owner != self)
                continue;
            var worker = lease.Lease.Successor ?? lease.Lease.Owner!;
            if (!loads.TryGetValue(worker, out var load))
                loads[worker] = load = [];
            load.Add(lease);
        }
        return loads;
    }

    /// <summary>What others have too much of; and one of somebody who has just enough, where this worker lacks more than one.</summary>
    private static List<Lease> Surplus(Dictionary<string, List<ObservedLease>> loads, string self, int target, int need, Random random)
    {
        var request = new List<Lease>();
        foreach (var (worker, load) in loads.Where(load => load.Key != self).OrderByDescending(load => load.Value.Count))
        {
            var over = load.Count - target;
            if (over <= 0)
                over = load.Count == target && need - request.Count > 1 && request.Count == 0 ? 1 : 0;
            var askable = load.Where(lease => lease.Lease.Owner == worker && lease.Lease.Successor is null).Select(lease => lease.Lease).ToArray();
            random.Shuffle(askable);
            request.AddRange(askable.Take(Math.Min(over, need - request.Count)));
        }
        return request;
    }
}
