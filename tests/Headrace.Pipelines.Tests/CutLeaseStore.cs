using Headrace.Client;

namespace Headrace.Pipelines.Tests;

/// <summary>A lease store that can be cut off from whoever uses it: then it answers nothing, as over a broken network.</summary>
internal sealed class CutLeaseStore(ILeaseStore store) : ILeaseStore
{
    private volatile bool _isCut;

    public bool IsCut
    {
        get => _isCut;
        set => _isCut = value;
    }

    private ILeaseStore Store => _isCut ? throw new LeaseStoreException("cut off") : store;

    public Task InitializeAsync(CancellationToken cancellationToken = default) => Store.InitializeAsync(cancellationToken);

    public Task<IReadOnlyList<Lease>> ListAsync(CancellationToken cancellationToken = default) => Store.ListAsync(cancellationToken);

    public Task<bool> CreateAsync(Lease lease, CancellationToken cancellationToken = default) => Store.CreateAsync(lease, cancellationToken);

    public Task<Lease?> RenewAsync(Lease held, CancellationToken cancellationToken = default) => Store.RenewAsync(held, cancellationToken);

    public Task<Lease?> TakeAsync(Lease seen, string owner, CancellationToken cancellationToken = default) => Store.TakeAsync(seen, owner, cancellationToken);

    public Task<Lease?> RequestAsync(Lease seen, string worker, CancellationToken cancellationToken = default) => Store.RequestAsync(seen, worker, cancellationToken);

    public Task<Lease?> ReleaseAsync(Lease held, string? successor = null, CancellationToken cancellationToken = default) => Store.ReleaseAsync(held, successor, cancellationToken);

    public Task<Lease?> CheckpointAsync(Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds = null, CancellationToken cancellationToken = default) =>
        Store.CheckpointAsync(held, checkpoint, childShardIds, cancellationToken);

    public Task<bool> DeleteAsync(Lease seen, CancellationToken cancellationToken = default) => Store.DeleteAsync(seen, cancellationToken);

    public void Dispose() => store.Dispose();
}
