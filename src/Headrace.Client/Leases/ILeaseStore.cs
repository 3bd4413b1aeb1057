namespace Headrace.Client;

/// <summary>
/// Where a group of workers keeps the leases of one stream's shards. Every change is a compare-and-set: it answers the lease as it is
/// then, or null where the store's lease is no longer what the caller knows. Implementations are thread-safe, durable when they answer, and
/// throw <see cref="LeaseStoreException"/> when they cannot say what became of a change.
/// </summary>
public interface ILeaseStore : IDisposable
{
    /// <summary>Makes ready what leases are kept in, if it is not there. Called before anything else.</summary>
    /// <exception cref="LeaseStoreException">The store is out of reach, or belongs to workers that this library cannot share it with.</exception>
    Task InitializeAsync(CancellationToken cancellationToken = default);

    /// <summary>All leases, in no order.</summary>
    Task<IReadOnlyList<Lease>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a lease.</summary>
    /// <returns>False: its shard has one already, which is left alone.</returns>
    Task<bool> CreateAsync(Lease lease, CancellationToken cancellationToken = default);

    /// <summary>Shows that the lease's owner lives: counts it up, if owner and counter are those of <paramref name="held"/>.</summary>
    Task<Lease?> RenewAsync(Lease held, CancellationToken cancellationToken = default);

    /// <summary>Makes <paramref name="owner"/> the lease's owner, if owner and counter are still those of <paramref name="seen"/>.</summary>
    Task<Lease?> TakeAsync(Lease seen, string owner, CancellationToken cancellationToken = default);

    /// <summary>Asks the lease's owner to hand it over to <paramref name="worker"/>, if the owner is still that of <paramref name="seen"/>.</summary>
    Task<Lease?> RequestAsync(Lease seen, string worker, CancellationToken cancellationToken = default);

    /// <summary>Gives a held lease up: to <paramref name="successor"/>, or to whoever takes it.</summary>
    Task<Lease?> ReleaseAsync(Lease held, string? successor = null, CancellationToken cancellationToken = default);

    /// <summary>Sets how far a held lease's shard was handled.</summary>
    /// <param name="held">The lease as its owner knows it.</param>
    /// <param name="checkpoint">How far.</param>
    /// <param name="childShardIds">With <see cref="LeaseCheckpoint.ShardEnd"/>, the shards that go on; null leaves them as they are.</param>
    /// <param name="cancellationToken">Ends the try; whether the store has changed is not known then.</param>
    Task<Lease?> CheckpointAsync(Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds = null, CancellationToken cancellationToken = default);

    /// <summary>Removes a lease whose shard is done with, if owner and counter are still those of <paramref name="seen"/>.</summary>
    Task<bool> DeleteAsync(Lease seen, CancellationToken cancellationToken = default);
}
