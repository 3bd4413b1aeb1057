using System.Diagnostics.CodeAnalysis;

namespace Headrace.Client;

/// <summary>
/// A lease that this worker has. It counts as held only for the failover time after the last renewal was sent: others wait at least as long, so no
/// two hold it at a time, whatever the clocks show. Thread-safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Neither a wait handle nor a timer is behind them, and whoever is late may still ask.")]
internal sealed class HeldLease(ILeaseStore store, Lease taken, long takenAt, TimeSpan failoverTime, TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _lost = new();
    private long _renewedAt = takenAt;

    // Whether the last change was cut off, or its answer lost: the store may have made it all the same.
    private bool _isUnsure;

    public string ShardId => Current.ShardId;

    /// <summary>The lease as it is in the store, as far as this worker knows.</summary>
    public Lease Current { get; private set; } = taken;

    /// <summary>Cancelled when the lease is lost or has run out.</summary>
    public CancellationToken Lost => _lost.Token;

    public bool IsHeld
    {
        get
        {
            if (!_lost.IsCancellationRequested && time.GetElapsedTime(Volatile.Read(ref _renewedAt)) >= failoverTime)
                _lost.Cancel();
            return !_lost.IsCancellationRequested;
        }
    }

    /// <summary>Shows that the worker lives. Ends without doing so when the lease is not held any more.</summary>
    /// <exception cref="LeaseStoreException">The store could not say; the lease is held until it runs out.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (IsHeld)
                await ChangeAsync(() => store.RenewAsync(Current, cancellationToken));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <exception cref="LeaseLostException">The lease is not held any more.</exception>
    public async Task CheckpointAsync(LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(time, FirstWait, LongestWait);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (checkpoint > Current.Checkpoint)
            {
                if (!IsHeld)
                    throw new LeaseLostException(ShardId);
                try
                {
                    if (!await ChangeAsync(() => store.CheckpointAsync(Current, checkpoint, childShardIds, cancellationToken)))
                        throw new LeaseLostException(ShardId);
                    return;
                }
                catch (LeaseStoreException)
                {
                    // Whether it was done or not, trying again tells.
                    await backoff.WaitAsync(cancellationToken);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Gives the lease up; to the worker that asks for it, if one still does. It is not held afterwards, whatever the store says.
    /// </summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Whoever asked may have left meanwhile, and withdrawn it.
            if (IsHeld && Current.Successor is not null)
                await ChangeAsync(() => store.RenewAsync(Current, cancellationToken));
            if (IsHeld)
                await ChangeAsync(() => store.ReleaseAsync(Current, Current.IsEnded ? null : Current.Successor, cancellationToken));
        }
        finally
        {
            await _lost.CancelAsync();
            _turn.Release();
        }
    }

    private async Task<bool> ChangeAsync(Func<Task<Lease?>> change)
    {
        var sent = time.GetTimestamp();
        if ((await TryAsync(change) ?? await TryBehindUnsureAsync(change)) is not { } changed)
        {
            await _lost.CancelAsync();
            return false;
        }
        (Current, _isUnsure) = (changed, false);
        Volatile.Write(ref _renewedAt, sent);
        return true;
    }

    private async Task<Lease?> TryAsync(Func<Task<Lease?>> change)
    {
        try
        {
            return await change();
        }
        catch
        {
            _isUnsure = true;
            throw;
        }
    }

    /// <summary>
    /// Repeats a refused change where it may have been an unsure one of this worker's that was in its way: then the store's lease is still this worker's, and
    /// one change further. No other late change can follow, since all were made for the count before.
    /// </summary>
    private async Task<Lease?> TryBehindUnsureAsync(Func<Task<Lease?>> change)
    {
        if (!_isUnsure)
            return null;
        var found = (await store.ListAsync(CancellationToken.None)).FirstOrDefault(lease => lease.ShardId == ShardId);
        if (found is null || found.Owner != Current.Owner || found.Counter != Current.Counter + 1)
            return null;
        (Current, _isUnsure) = (found, false);
        return await TryAsync(change);
    }
}
