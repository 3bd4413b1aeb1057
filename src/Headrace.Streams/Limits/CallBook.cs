namespace Headrace.Streams.Limits;

/// <summary>Counts calls against rates. Thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class CallBook<TCaller>(TimeProvider time)
    where TCaller : notnull
{
    /// <summary>Callers that are remembered at once; those who have their whole share again are forgotten when there are more.</summary>
    private const int MostKept = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<TCaller, TokenBucket> _buckets = [];

    /// <summary>Counts a call; false when there were too many.</summary>
    public bool TryCall(TCaller caller, int perSecond)
    {
        lock (_lock)
        {
            if (!_buckets.TryGetValue(caller, out var bucket))
            {
                if (_buckets.Count >= MostKept)
                    ForgetTheIdle();
                _buckets[caller] = bucket = new TokenBucket(time, perSecond, perSecond);
            }
            return bucket.TryTake(1);
        }
    }

    private void ForgetTheIdle()
    {
        foreach (var (caller, bucket) in _buckets)
        {
            if (bucket.IsFull)
                _buckets.Remove(caller);
        }
    }
}
