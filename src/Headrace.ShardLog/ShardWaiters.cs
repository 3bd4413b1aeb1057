namespace Headrace.ShardLog;

/// <summary>Readers who wait for a shard's next record. Thread-safe.</summary>
internal sealed class ShardWaiters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, List<Waiter>> _waiters = [];

    public async ValueTask WaitAsync(int shard, long position, Func<long> end, CancellationToken cancellation)
    {
        var waiter = new Waiter(position);
        lock (_lock)
        {
            if (!_waiters.TryGetValue(shard, out var waiting))
                _waiters[shard] = waiting = [];
            waiting.Add(waiter);
        }
        // Looking again after having queued up leaves no gap in which a record could go unnoticed.
        if (end() > position)
        {
            Remove(shard, waiter);
            return;
        }
        using var registration = cancellation.UnsafeRegister(_ => Cancel(shard, waiter, cancellation), null);
        await waiter.Done.Task;
    }

    public void Notify(int shard, long end)
    {
        lock (_lock)
        {
            if (!_waiters.TryGetValue(shard, out var waiting))
                return;
            waiting.RemoveAll(waiter =>
            {
                if (waiter.Position >= end)
                    return false;
                waiter.Done.TrySetResult();
                return true;
            });
            if (waiting.Count == 0)
                _waiters.Remove(shard);
        }
    }

    public void FailAll(Exception reason)
    {
        lock (_lock)
        {
            foreach (var waiter in _waiters.Values.SelectMany(waiting => waiting))
                waiter.Done.TrySetException(reason);
            _waiters.Clear();
        }
    }

    private void Cancel(int shard, Waiter waiter, CancellationToken cancellation)
    {
        Remove(shard, waiter);
        waiter.Done.TrySetCanceled(cancellation);
    }

    private void Remove(int shard, Waiter waiter)
    {
        lock (_lock)
        {
            if (_waiters.TryGetValue(shard, out var waiting) && waiting.Remove(waiter) && waiting.Count == 0)
                _waiters.Remove(shard);
        }
    }

    private sealed class Waiter(long position)
    {
        public long Position { get; } = position;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
