namespace Headrace.Buckets.Lifecycle;

/// <summary>
/// Expires objects in the background: when the store is opened, when rules change, and after each midnight, which is when
/// days end. One owner disposes it.
/// </summary>
public sealed class LifecycleWorker : IAsyncDisposable
{
    /// <summary>After a sweep that the disk refused.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    private readonly BucketStore _store;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _failed;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    /// <param name="store">Whose objects.</param>
    /// <param name="time">The clock.</param>
    /// <param name="failed">Told why a sweep failed; it is tried again.</param>
    public LifecycleWorker(BucketStore store, TimeProvider time, Action<Exception> failed)
    {
        _store = store;
        _time = time;
        _failed = failed;
        _run = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var changed = _store.RulesChanged;
            var pause = UntilMidnight();
            try
            {
                _store.ExpireObjects(_stop.Token);
            }
            catch (BucketsException failure)
            {
                _failed(failure);
                pause = Retry;
            }
            await Task.WhenAny(changed, Task.Delay(pause, _time, _stop.Token));
        }
    }

    private TimeSpan UntilMidnight()
    {
        var now = _time.GetUtcNow();
        return now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime;
    }
}
