namespace Headrace.Client;

/// <summary>A lease, and what one worker has seen of it.</summary>
internal sealed record ObservedLease(Lease Lease)
{
    /// <summary>Its owner has not renewed it for the failover time: whoever comes first may have it.</summary>
    public bool IsExpired { get; init; }

    /// <summary>Nothing was done to it for three times as long: somebody who has enough already should have it rather than nobody.</summary>
    public bool IsLongFree { get; init; }

    /// <summary>Its owner was seen renewing it.</summary>
    public bool IsSeenAlive { get; init; }

    /// <summary>Whether its shard may be read: its parents have been.</summary>
    public bool IsReady { get; init; } = true;

    /// <summary>This worker has asked for it, and was kept waiting for too long.</summary>
    public bool IsHandoverOverdue { get; init; }

    /// <summary>Whether a worker should have it now.</summary>
    public bool IsWanted => IsReady && !Lease.IsEnded;

    /// <summary>Whether nobody has it who lives.</summary>
    public bool IsFree => Lease.Owner is null || IsExpired;
}
