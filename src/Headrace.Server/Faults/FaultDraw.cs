namespace Headrace.Server.Faults;

/// <summary>
/// Draws for one rule: whether the next call, or the next record, is to fail. The same seed draws the same again. Thread-safe.
/// </summary>
internal sealed class FaultDraw(FaultRule rule, int seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    public FaultRule Rule => rule;

    public bool Next()
    {
        lock (_lock)
            return _random.NextDouble() < rule.Share;
    }
}
