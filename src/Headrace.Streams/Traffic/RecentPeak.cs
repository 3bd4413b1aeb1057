namespace Headrace.Streams.Traffic;

/// <summary>
/// The largest of the values seen lately: in the last half to whole minute. A lag that comes and goes between two looks is seen so,
/// and one that nobody measures any more is forgotten. Thread-safe.
/// </summary>
internal sealed class RecentPeak(TimeProvider time)
{
    private const long None = -1;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private long _begunAt = time.GetTimestamp();
    private long _current = None;
    private long _previous = None;

    /// <summary>Null when nothing was seen lately.</summary>
    public long? Value
    {
        get
        {
            lock (_lock)
            {
                Turn();
                var peak = Math.Max(_current, _previous);
                return peak == None ? null : peak;
            }
        }
    }

    /// <param name="value">Not negative.</param>
    public void Add(long value)
    {
        lock (_lock)
        {
            Turn();
            _current = Math.Max(_current, value);
        }
    }

    private void Turn()
    {
        var elapsed = time.GetElapsedTime(_begunAt);
        if (elapsed < Window)
            return;
        _previous = elapsed < Window * 2 ? _current : None;
        _current = None;
        _begunAt = time.GetTimestamp();
    }
}
