namespace Headrace.Client;

/// <summary>Which failed attempts of a call are repeated, how often and when: AWS's standard mode. One client's; thread-safe.</summary>
/// <param name="maxAttempts">Attempts of a call, the first one included.</param>
/// <param name="delay">What the first wait is at most.</param>
internal sealed class RetryPolicy(int maxAttempts, TimeSpan delay)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly RetryQuota _quota = new();

    public void Succeed(int lastTaken) => _quota.Succeed(lastTaken);

    /// <summary>Whether to try again after a failed attempt.</summary>
    /// <param name="failure">Why it failed.</param>
    /// <param name="attempt">Which one it was, from 1.</param>
    /// <param name="taken">What the retry takes of the quota, to be told when it succeeds.</param>
    public bool ShouldRetry(Exception failure, int attempt, out int taken)
    {
        taken = 0;
        if (attempt >= maxAttempts || Cost(failure) is not { } cost || !_quota.TryTake(cost))
            return false;
        taken = cost;
        return true;
    }

    /// <summary>How long to wait after the given attempt: anything up to a bound that doubles, so that clients that failed together do not return together.</summary>
    public TimeSpan WaitAfter(int attempt)
    {
        var bound = delay * Math.Pow(2, Math.Min(attempt - 1, 20));
        return (bound < LongestWait ? bound : LongestWait) * Random.Shared.NextDouble();
    }

    private static int? Cost(Exception failure) => failure switch
    {
        KinesisException { ErrorType: "RequestTimeout" or "RequestTimeoutException" } => RetryQuota.TimeoutCost,
        KinesisException { IsThrottling: true } or KinesisException { IsTransient: true } => RetryQuota.Cost,
        EndpointUnreachableException { IsTimeout: true } => RetryQuota.TimeoutCost,
        // Nobody listens on this machine: only a person can help, and should hear of it at once.
        EndpointUnreachableException { IsRefusedHere: false } => RetryQuota.Cost,
        _ => null,
    };
}
