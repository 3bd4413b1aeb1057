namespace Headrace.Streams.Limits;

/// <summary>
/// What may be taken: so much a second, and saved up to a capacity; what does not fit any more may be saved in a reserve. It counts in
/// whole numbers, so that the same calls at the same times always end the same. Not thread-safe.
/// </summary>
internal sealed class TokenBucket
{
    /// <summary>More time than any bucket needs to be full, and little enough to be counted with.</summary>
    private const long LongestTicks = TimeSpan.TicksPerHour;

    private readonly TimeProvider _time;
    private readonly long _perSecond;
    private readonly long _capacity;
    private readonly long _reserveCapacity;
    private long _tokens;
    private long _reserve;
    private long _filledAt;

    /// <summary>A full one.</summary>
    public TokenBucket(TimeProvider time, long perSecond, long capacity, long reserve = 0)
    {
        _time = time;
        _perSecond = perSecond;
        _tokens = _capacity = Parts(capacity);
        _reserve = _reserveCapacity = Parts(reserve);
        _filledAt = time.GetTimestamp();
    }

    /// <summary>Whether it holds all that it can.</summary>
    public bool IsFull
    {
        get
        {
            Fill();
            return _tokens == _capacity && _reserve == _reserveCapacity;
        }
    }

    /// <summary>How long until something can be taken.</summary>
    public TimeSpan UntilAny
    {
        get
        {
            Fill();
            return _tokens > 0 ? TimeSpan.Zero : TimeSpan.FromTicks((-_tokens / _perSecond) + 1);
        }
    }

    /// <summary>Whether so many can be taken.</summary>
    public bool Has(long amount)
    {
        Fill();
        return _tokens >= Parts(amount);
    }

    /// <summary>Takes so many, or none.</summary>
    public bool TryTake(long amount)
    {
        if (!Has(amount))
            return false;
        _tokens -= Parts(amount);
        return true;
    }

    /// <summary>Takes so many, from the reserve first, or none.</summary>
    public bool TryTakeWithReserve(long amount)
    {
        Fill();
        if (_tokens + _reserve < Parts(amount))
            return false;
        var reserved = Math.Min(_reserve, Parts(amount));
        _reserve -= reserved;
        _tokens -= Parts(amount) - reserved;
        return true;
    }

    /// <summary>
    /// Takes what has been used already, be it more than there is: nothing can be taken until the debt is paid. What exceeds the
    /// capacity costs its full time, whatever was saved.
    /// </summary>
    public void Charge(long amount)
    {
        Fill();
        _tokens = Parts(amount) > _capacity ? Math.Min(_tokens, 0) - Parts(amount) : _tokens - Parts(amount);
    }

    /// <summary>Adds what the time has brought.</summary>
    private void Fill()
    {
        var now = _time.GetTimestamp();
        var elapsed = _time.GetElapsedTime(_filledAt, now).Ticks;
        if (elapsed <= 0)
            return;
        _filledAt = now;
        _tokens += Math.Min(elapsed, LongestTicks) * _perSecond;
        if (_tokens <= _capacity)
            return;
        _reserve = Math.Min(_reserveCapacity, _reserve + _tokens - _capacity);
        _tokens = _capacity;
    }

    /// <summary>A token has as many parts as a second has ticks: each tick brings a whole number of parts.</summary>
    private static long Parts(long amount) => amount * TimeSpan.TicksPerSecond;
}
