namespace Headrace.Pipelines;

/// <summary>Counts a run's records. Thread-safe.</summary>
internal sealed class EtlTally(IEnumerable<string> destinations)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _routed = destinations.ToDictionary(name => name, _ => 0L, StringComparer.Ordinal);
    private long _read;
    private long _transformed;
    private long _deadLettered;

    public void CountRead() => Interlocked.Increment(ref _read);

    public void CountTransformed() => Interlocked.Increment(ref _transformed);

    public void CountDeadLettered() => Interlocked.Increment(ref _deadLettered);

    public void CountRouted(string destination)
    {
        lock (_lock)
            _routed[destination]++;
    }

    public EtlProgress Snapshot()
    {
        lock (_lock)
        {
            return new EtlProgress(
                Interlocked.Read(ref _read), Interlocked.Read(ref _transformed),
                new Dictionary<string, long>(_routed, StringComparer.Ordinal), Interlocked.Read(ref _deadLettered));
        }
    }
}
