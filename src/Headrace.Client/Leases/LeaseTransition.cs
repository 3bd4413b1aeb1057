namespace Headrace.Client;

/// <summary>What each change makes of a lease; null where the lease is not what the caller knows. The same for all stores.</summary>
internal static class LeaseTransition
{
    public static Lease? Renewed(Lease current, Lease held) =>
        IsSame(current, held) ? current with { Counter = current.Counter + 1 } : null;

    public static Lease? Taken(Lease current, Lease seen, string owner) => IsSame(current, seen)
        ? current with { Owner = owner, Counter = current.Counter + 1, OwnerSwitchesSinceCheckpoint = current.OwnerSwitchesSinceCheckpoint + Switches(current, owner), RequestedBy = null }
        : null;

    /// <summary>The counter does not matter: it grows all the time, and asking takes nothing away.</summary>
    public static Lease? Requested(Lease current, Lease seen, string worker) =>
        current.Owner is not null && current.Owner == seen.Owner ? current with { RequestedBy = worker } : null;

    public static Lease? Released(Lease current, Lease held, string? successor) => IsSame(current, held)
        ? current with { Owner = successor, Counter = current.Counter + 1, OwnerSwitchesSinceCheckpoint = current.OwnerSwitchesSinceCheckpoint + (successor is null ? 0 : 1), RequestedBy = null }
        : null;

    public static Lease? Checkpointed(Lease current, Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds) => IsSame(current, held)
        ? current with { Checkpoint = checkpoint, Counter = current.Counter + 1, OwnerSwitchesSinceCheckpoint = 0, ChildShardIds = childShardIds ?? current.ChildShardIds }
        : null;

    public static bool IsSame(Lease current, Lease known) => current.Counter == known.Counter && current.Owner == known.Owner;

    /// <summary>
    /// Whether a lease is what a change of it would have made. A change whose answer was lost is repeated, and then fails on its own
    /// first try: it is done all the same. Only asking leaves no such trace, and may just be repeated.
    /// </summary>
    public static bool IsAlready(Lease current, Lease wanted) =>
        IsSame(current, wanted) && current.Checkpoint == wanted.Checkpoint;

    private static int Switches(Lease current, string owner) => current.Owner is { } before && before != owner ? 1 : 0;
}
