namespace Headrace.Pipelines;

/// <summary>
/// Knows, of things that come in order and settle in any order, the last before which everything is settled: a restart may only skip what
/// has no gap. Thread-safe.
/// </summary>
internal sealed class SettledPrefix<T>
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Queue<Mark> _unsettled = new();
    private T? _last;

    /// <summary>The last one; null while the first is not settled.</summary>
    public T? Last
    {
        get
        {
            lock (_lock)
                return _last;
        }
    }

    /// <summary>Notes the next one.</summary>
    public Mark Begin(T value)
    {
        var mark = new Mark(value);
        lock (_lock)
            _unsettled.Enqueue(mark);
        return mark;
    }

    /// <returns>Whether <see cref="Last"/> has moved.</returns>
    public bool Settle(Mark mark)
    {
        lock (_lock)
        {
            mark.IsSettled = true;
            var hasMoved = false;
            while (_unsettled.TryPeek(out var first) && first.IsSettled)
            {
                (_last, hasMoved) = (first.Value, true);
                _unsettled.Dequeue();
            }
            return hasMoved;
        }
    }

    /// <summary>One on its way.</summary>
    internal sealed class Mark(T value)
    {
        public T Value { get; } = value;

        public bool IsSettled { get; set; }
    }
}
