namespace Headrace.Streams.Resharding;

/// <summary>
/// Lets any number of puts through at once and, to reshard, holds new ones back until those under way are done: so no
/// record lands in a shard after its end was recorded. Thread-safe; one closer at a time.
/// </summary>
internal sealed class PutGate
{
    private readonly Lock _lock = new();
    private int _inside;
    private TaskCompletionSource? _opened;
    private TaskCompletionSource? _drained;

    public ValueTask EnterAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_opened is null)
            {
                _inside++;
                return ValueTask.CompletedTask;
            }
        }
        return WaitAndEnterAsync(cancellation);
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (--_inside == 0)
                _drained?.TrySetResult();
        }
    }

    /// <summary>Holds back new puts and completes when none is under way.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            if (_opened is not null)
                throw new InvalidOperationException("The gate is closed already.");
            _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_inside == 0)
                return Task.CompletedTask;
            _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    public void Open()
    {
        lock (_lock)
        {
            _opened?.SetResult();
            _opened = null;
            _drained = null;
        }
    }

    private async ValueTask WaitAndEnterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task opened;
            lock (_lock)
            {
                if (_opened is null)
                {
                    _inside++;
                    return;
                }
                opened = _opened.Task;
            }
            await opened.WaitAsync(cancellation);
        }
    }
}
