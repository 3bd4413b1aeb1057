namespace Headrace.Client.Tests.Workers;

/// <summary>A store that has the ends of so many shards told at once, and none before.</summary>
internal sealed class MeetingLeases(ILeaseStore inner, MeetingLeases.Meeting meeting) : ILeaseStore
{
    public Task InitializeAsync(CancellationToken cancellationToken = default) => inner.InitializeAsync(cancellationToken);

    public Task<IReadOnlyList<Lease>> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);

    public Task<bool> CreateAsync(Lease lease, CancellationToken cancellationToken = default) => inner.CreateAsync(lease, cancellationToken);

    public Task<Lease?> RenewAsync(Lease held, CancellationToken cancellationToken = default) => inner.RenewAsync(held, cancellationToken);

    public Task<Lease?> TakeAsync(Lease seen, string owner, CancellationToken cancellationToken = default) => inner.TakeAsync(seen, owner, cancellationToken);

    public Task<Lease?> RequestAsync(Lease seen, string worker, CancellationToken cancellationToken = default) => inner.RequestAsync(seen, worker, cancellationToken);

    public Task<Lease?> ReleaseAsync(Lease held, string? successor = null, CancellationToken cancellationToken = default) => inner.ReleaseAsync(held, successor, cancellationToken);

    public async Task<Lease?> CheckpointAsync(Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds = null, CancellationToken cancellationToken = default)
    {
        if (checkpoint == LeaseCheckpoint.ShardEnd)
            await meeting.ComeAsync();
        return await inner.CheckpointAsync(held, checkpoint, childShardIds, cancellationToken);
    }

    public Task<bool> DeleteAsync(Lease seen, CancellationToken cancellationToken = default) => inner.DeleteAsync(seen, cancellationToken);

    public void Dispose() => inner.Dispose();

    /// <summary>Where all wait for the last one.</summary>
    internal sealed class Meeting(int expected)
    {
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _come;

        public Task ComeAsync()
        {
            if (Interlocked.Increment(ref _come) == expected)
                _complete.SetResult();
            return _complete.Task;
        }
    }
}
