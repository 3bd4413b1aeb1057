namespace Headrace.Client;

/// <summary>
/// Bounds the bytes that wait for acknowledgement. Waiters pass in the order they came; one alone always passes, however large.
/// </summary>
internal sealed class BufferGate(long capacity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(TaskCompletionSource Admitted, long Bytes)> _waiters = new();
    private long _held;
    private volatile bool _isFull;

    /// <summary>Whether somebody waits for room.</summary>
    public bool IsFull => _isFull;

    /// <summary>Called when somebody begins to wait for room while nobody did.</summary>
    public event Action? Filled;

    public ValueTask EnterAsync(long bytes, CancellationToken cancellationToken)
    {
        // Mostly there is room, and nobody to wait behind.
        if (!_isFull && TryTake(bytes))
            return ValueTask.CompletedTask;
        LinkedListNode<(TaskCompletionSource Admitted, long Bytes)> waiter;
        bool filled;
        lock (_lock)
        {
            if (_waiters.Count == 0 && TryTake(bytes))
                return ValueTask.CompletedTask;
            waiter = _waiters.AddLast((new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), bytes));
            filled = !_isFull;
            _isFull = true;
        }
        if (filled)
            Filled?.Invoke();
        return new ValueTask(WaitAsync(waiter, cancellationToken));
    }

    public void Leave(long bytes)
    {
        // Under the lock, so that nobody begins to wait for room that has just been made.
        lock (_lock)
        {
            Interlocked.Add(ref _held, -bytes);
            Admit();
        }
    }

    /// <summary>Takes room where there is some, with the lock or without it.</summary>
    private bool TryTake(long bytes)
    {
        var held = Volatile.Read(ref _held);
        while (held == 0 || held + bytes <= capacity)
        {
            var found = Interlocked.CompareExchange(ref _held, held + bytes, held);
            if (found == held)
                return true;
            held = found;
        }
        return false;
    }

    private async Task WaitAsync(LinkedListNode<(TaskCompletionSource Admitted, long Bytes)> waiter, CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.Register(() => GiveUp(waiter, cancellationToken));
        await waiter.Value.Admitted.Task;
    }

    private void GiveUp(LinkedListNode<(TaskCompletionSource Admitted, long Bytes)> waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Whoever was admitted meanwhile is in, and its bytes are counted.
            if (waiter.List is null)
                return;
            _waiters.Remove(waiter);
            waiter.Value.Admitted.TrySetCanceled(cancellationToken);
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiters.First is { } first && TryTake(first.Value.Bytes))
        {
            _waiters.RemoveFirst();
            first.Value.Admitted.TrySetResult();
        }
        _isFull = _waiters.Count > 0;
    }
}
