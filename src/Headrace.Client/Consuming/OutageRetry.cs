namespace Headrace.Client;

/// <summary>Repeats a read until it succeeds: for ever while the service throttles or fails, for a while when nobody answers.</summary>
internal sealed class OutageRetry(TimeProvider time, TimeSpan rideOut)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(time, FirstWait, LongestWait);
        long? unreachableSince = null;
        while (true)
        {
            try
            {
                return await call();
            }
            catch (KinesisException e) when (e.IsThrottling || e.IsTransient)
            {
                unreachableSince = null;
            }
            catch (EndpointUnreachableException) when (time.GetElapsedTime(unreachableSince ??= time.GetTimestamp()) < rideOut)
            {
                // A server that restarts answers again soon.
            }
            await backoff.WaitAsync(cancellationToken);
        }
    }
}
