namespace Headrace.Client.Tests.Workers;

/// <summary>A store that is out of reach for as long as a test wants.</summary>
internal sealed class FailingLeases(ILeaseStore inner) : ILeaseStore
{
    private volatile bool _isAway;
    private int _failures;

    public bool IsAway { set => _isAway = value; }

    /// <summary>How many calls found it away.</summary>
    public int Failures => Volatile.Read(ref _failures);

    public Task InitializeAsync(CancellationToken cancellationToken = default) => Guard(() => inner.InitializeAsync(cancellationToken));

    public Task<IReadOnlyList<Lease>> ListAsync(CancellationToken cancellationToken = default) => Guard(() => inner.ListAsync(cancellationToken));

    public Task<bool> CreateAsync(Lease lease, CancellationToken cancellationToken = default) => Guard(() => inner.CreateAsync(lease, cancellationToken));

    public Task<Lease?> RenewAsync(Lease held, CancellationToken cancellationToken = default) => Guard(() => inner.RenewAsync(held, cancellationToken));

    public Task<Lease?> TakeAsync(Lease seen, string owner, CancellationToken cancellationToken = default) => Guard(() => inner.TakeAsync(seen, owner, cancellationToken));

    public Task<Lease?> RequestAsync(Lease seen, string worker, CancellationToken cancellationToken = default) => Guard(() => inner.RequestAsync(seen, worker, cancellationToken));

    public Task<Lease?> ReleaseAsync(Lease held, string? successor = null, CancellationToken cancellationToken = default) => Guard(() => inner.ReleaseAsync(held, successor, cancellationToken));

    public Task<Lease?> CheckpointAsync(Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds = null, CancellationToken cancellationToken = default) =>
        Guard(() => inner.CheckpointAsync(held, checkpoint, childShardIds, cancellationToken));

    public Task<bool> DeleteAsync(Lease seen, CancellationToken cancellationToken = default) => Guard(() => inner.DeleteAsync(seen, cancellationToken));

    public void Dispose() => inner.Dispose();

    private T Guard<T>(Func<T> call)
    {
        if (!_isAway)
            return call();
        Interlocked.Increment(ref _failures);
        throw new LeaseStoreException("away");
    }
}
