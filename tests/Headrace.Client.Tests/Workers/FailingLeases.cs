namespace Headrace.Client.Tests.Workers;

/// <summary>A store that is out of reach for as long as a test wants.</summary>
internal sealed class FailingLeases(ILeaseStore inner) : LeasesAround(inner)
{
    private volatile bool _isAway;
    private int _failures;

    public bool IsAway { set => _isAway = value; }

    /// <summary>How many calls found it away.</summary>
    public int Failures => Volatile.Read(ref _failures);

    public override Task InitializeAsync(CancellationToken cancellationToken = default) => Guard(() => base.InitializeAsync(cancellationToken));

    public override Task<IReadOnlyList<Lease>> ListAsync(CancellationToken cancellationToken = default) => Guard(() => base.ListAsync(cancellationToken));

    public override Task<bool> CreateAsync(Lease lease, CancellationToken cancellationToken = default) => Guard(() => base.CreateAsync(lease, cancellationToken));

    public override Task<Lease?> RenewAsync(Lease held, CancellationToken cancellationToken = default) => Guard(() => base.RenewAsync(held, cancellationToken));

    public override Task<Lease?> TakeAsync(Lease seen, string owner, CancellationToken cancellationToken = default) => Guard(() => base.TakeAsync(seen, owner, cancellationToken));

    public override Task<Lease?> RequestAsync(Lease seen, string worker, CancellationToken cancellationToken = default) => Guard(() => base.RequestAsync(seen, worker, cancellationToken));

    public override Task<Lease?> ReleaseAsync(Lease held, string? successor = null, CancellationToken cancellationToken = default) => Guard(() => base.ReleaseAsync(held, successor, cancellationToken));

    public override Task<Lease?> CheckpointAsync(Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds = null, CancellationToken cancellationToken = default) =>
        Guard(() => base.CheckpointAsync(held, checkpoint, childShardIds, cancellationToken));

    public override Task<bool> DeleteAsync(Lease seen, CancellationToken cancellationToken = default) => Guard(() => base.DeleteAsync(seen, cancellationToken));

    private T Guard<T>(Func<T> call)
    {
        if (!_isAway)
            return call();
        Interlocked.Increment(ref _failures);
        throw new LeaseStoreException("away");
    }
}
