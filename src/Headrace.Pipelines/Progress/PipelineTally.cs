namespace Headrace.Pipelines;

/// <summary>Counts a run's records, a page at a time. Thread-safe.</summary>
internal sealed class PipelineTally(IEnumerable<string> destinations, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly string[] _names = [.. destinations];
    private readonly Dictionary<string, long> _routed = destinations.ToDictionary(name => name, _ => 0L, StringComparer.Ordinal);
    private readonly Dictionary<string, long> _behind = new(StringComparer.Ordinal);
    private long _read;
    private long _transformed;
    private long _dropped;
    private long _deadLettered;
    private long _repeated;
    private long? _saved;

    public void CountRead(SourcePage page)
    {
        lock (_lock)
        {
            _read += page.Records.Count;
            _behind[page.ShardId] = page.Records[^1].MillisBehindLatest;
        }
    }

    /// <summary>Somebody else reads the shard now, or nobody has to any more.</summary>
    public void Leave(string shardId)
    {
        lock (_lock)
            _behind.Remove(shardId);
    }

    public void CountSteps(int transformed, int dropped)
    {
        lock (_lock)
        {
            _transformed += transformed;
            _dropped += dropped;
        }
    }

    public void CountDeadLettered(int count)
    {
        lock (_lock)
            _deadLettered += count;
    }

    public void CountRouted(int destination, int count, ShareResult result)
    {
        lock (_lock)
        {
            _routed[_names[destination]] += count - result.Refused;
            _repeated += result.Repeated;
        }
    }

    public void CountSaved()
    {
        lock (_lock)
            _saved = time.GetTimestamp();
    }

    public PipelineProgress Snapshot()
    {
        lock (_lock)
        {
            return new PipelineProgress(
                _read, _transformed, _dropped, new Dictionary<string, long>(_routed, StringComparer.Ordinal), _deadLettered,
                _behind.Count == 0 ? 0 : _behind.Values.Max(), _saved is { } saved ? time.GetElapsedTime(saved) : null)
            {
                Repeated = _repeated,
            };
        }
    }
}
