namespace Headrace.Client;

/// <summary>
/// The right to read one shard of a stream for a group of workers, and how far the group has come with it. Whoever changes it says what
/// it looked like before, and its counter grows with every change of its owner: so of two who change it, one fails.
/// </summary>
public sealed record Lease
{
    /// <summary>The shard that it is about; a store has one lease for each.</summary>
    public required string ShardId { get; init; }

    /// <summary>The worker that reads the shard; null: nobody does.</summary>
    public string? Owner { get; init; }

    /// <summary>Grows whenever the owner shows that it lives, and whenever the owner changes.</summary>
    public long Counter { get; init; }

    /// <summary>How far the shard was handled.</summary>
    public LeaseCheckpoint Checkpoint { get; init; } = LeaseCheckpoint.TrimHorizon;

    /// <summary>How often the owner changed since the last checkpoint: a shard that no worker gets ahead with shows by it.</summary>
    public long OwnerSwitchesSinceCheckpoint { get; init; }

    /// <summary>
    /// The worker that asks for the lease; its owner hands it over when it has handled and checkpointed what it read. The owner itself: whoever
    /// asked has left, and nobody does.
    /// </summary>
    public string? RequestedBy { get; init; }

    /// <summary>The shards that this one was split or merged from; they are read to their ends first.</summary>
    public IReadOnlyList<string> ParentShardIds { get; init; } = [];

    /// <summary>The shards that this one was split or merged into; known when it has ended.</summary>
    public IReadOnlyList<string> ChildShardIds { get; init; } = [];

    /// <summary>The first hash key of the shard's range, a decimal number.</summary>
    public string? StartingHashKey { get; init; }

    /// <summary>The last hash key of the shard's range, a decimal number.</summary>
    public string? EndingHashKey { get; init; }

    /// <summary>Whether the shard was closed and handled to its end.</summary>
    public bool IsEnded => Checkpoint == LeaseCheckpoint.ShardEnd;

    /// <summary>Whom the owner is to hand it over to; null: nobody asks for it.</summary>
    internal string? Successor => RequestedBy != Owner ? RequestedBy : null;
}
