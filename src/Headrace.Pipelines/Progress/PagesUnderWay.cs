namespace Headrace.Pipelines;

/// <summary>Counts pages from their being read to their being settled. Thread-safe.</summary>
internal sealed class PagesUnderWay
{
    private readonly Lock _lock = new();
    private int _count;
    private TaskCompletionSource? _idle;

    public void Begin()
    {
        lock (_lock)
            _count++;
    }

    public void End()
    {
        TaskCompletionSource? idle = null;
        lock (_lock)
        {
            if (--_count == 0)
                (idle, _idle) = (_idle, null);
        }
        idle?.SetResult();
    }

    /// <summary>Ends when no page is under way.</summary>
    public Task WhenNoneAsync()
    {
        lock (_lock)
            return _count == 0 ? Task.CompletedTask : (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }
}
