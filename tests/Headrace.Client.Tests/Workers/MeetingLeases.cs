namespace Headrace.Client.Tests.Workers;

/// <summary>A store that has the ends of so many shards told at once, and none before.</summary>
internal sealed class MeetingLeases(ILeaseStore inner, MeetingLeases.Meeting meeting) : LeasesAround(inner)
{
    public override async Task<Lease?> CheckpointAsync(Lease held, LeaseCheckpoint checkpoint, IReadOnlyList<string>? childShardIds = null, CancellationToken cancellationToken = default)
    {
        if (checkpoint == LeaseCheckpoint.ShardEnd)
            await meeting.ComeAsync();
        return await base.CheckpointAsync(held, checkpoint, childShardIds, cancellationToken);
    }

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
