namespace Headrace.Client.Tests.Workers;

/// <summary>A store that passes everything on to another; those that get in the way of something override it.</summary>
internal abstract class LeasesAround(ILeaseStore inner) : ILeaseStore
{
    public ILeaseStore Inner { get; } = inner;

    public virtual Task InitializeAsync(CancellationToken cancellationToken = default) => Inner.InitializeAsync(cancellationToken);

    public virtual Task<IReadOnlyList<Lease>> ListAsync(CancellationToken cancellationToken = default) => Inner.ListAsync(cancellationToken);

    public virtual Task<bool> CreateAsync(Lease lease, CancellationToken cancellationToken = default) => Inner.CreateAsync(lease, cancellationToken);

    public virtual Task<Lease?> RenewAsync(Lease held, CancellationToken cancellationToken = default) => Inner.RenewAsync(held, cancellationToken);

    public virtual Task<Lease?> TakeAsync(Lease seen, string owner, CancellationToken cancellationToken = default) => Inner.TakeAsync(seen, owner, cancellationToken);

    public virtual Task<Lease?> RequestAsync(Lease seen, string worker, CancellationToken cancellationToken = default) => Inner.RequestAsync(seen, worker, cancellationToken);

    public virtual Task<Lease?> ReleaseAsync(Lease held, string? successor = null, CancellationToken cancellationToken = default) => Inner.ReleaseAsync(held, successor, cancellationToken);

    public virtual Task<Lease?> CheckpointAsync(Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds = null, CancellationToken cancellationToken = default) =>
        Inner.CheckpointAsync(held, checkpoint, childShardIds, cancellationToken);

    public virtual Task<bool> DeleteAsync(Lease seen, CancellationToken cancellationToken = default) => Inner.DeleteAsync(seen, cancellationToken);

    public virtual void Dispose() => Inner.Dispose();
}
