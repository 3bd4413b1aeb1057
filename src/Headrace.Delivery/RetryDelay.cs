namespace Headrace.Delivery;

/// <summary>How long to wait before the next attempt: doubling, capped, and spread so that many don't come at once.</summary>
internal sealed class RetryDelay
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private TimeSpan _next = First;

    public void Reset() => _next = First;

    public TimeSpan Next()
    {
        var delay = _next * (0.75 + (Random.Shared.NextDouble() * 0.25));
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, Longest.Ticks));
        return delay;
    }
}
