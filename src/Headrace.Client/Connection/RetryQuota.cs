namespace Headrace.Client;

/// <summary>
/// What a client's retries may cost, as AWS's standard mode has it: when a service fails for long, each call soon has no attempt but
/// its first, and nobody adds to the load. Thread-safe.
/// </summary>
internal sealed class RetryQuota
{
    public const int Capacity = 500;
    public const int Cost = 5;

    /// <summary>A call that ran out of time has cost the service more.</summary>
    public const int TimeoutCost = 10;

    private const int EarnedByFirstAttempt = 1;

    private readonly Lock _lock = new();
    private int _left = Capacity;

    /// <summary>Takes what a retry costs; false when there is not enough left.</summary>
    public bool TryTake(int cost)
    {
        lock (_lock)
        {
            if (_left < cost)
                return false;
            _left -= cost;
            return true;
        }
    }

    /// <summary>A call has succeeded: what its last retry took is given back, and a little for a call without one.</summary>
    public void Succeed(int lastTaken)
    {
        lock (_lock)
            _left = Math.Min(Capacity, _left + (lastTaken > 0 ? lastTaken : EarnedByFirstAttempt));
    }
}
