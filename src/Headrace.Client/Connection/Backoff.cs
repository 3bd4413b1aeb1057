namespace Headrace.Client;

/// <summary>Exponentially growing waits with jitter, so that clients that failed together do not return together.</summary>
internal sealed class Backoff(TimeProvider time, TimeSpan first, TimeSpan longest)
{
    private int _waits;

    public void Reset() => _waits = 0;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var full = first * Math.Pow(2, Math.Min(_waits++, 20));
        var capped = full < longest ? full : longest;
        return Task.Delay(capped * (0.5 + (Random.Shared.NextDouble() / 2)), time, cancellationToken);
    }
}
