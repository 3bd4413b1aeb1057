namespace Headrace.Cli.Demo;

/// <summary>
/// What this run produced, as far as checking needs it: how often each record went in. Thread-safe.
/// </summary>
internal sealed class ProducedRecords
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RecordIdentity, int> _counts = [];
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Add(ReadOnlyMemory<byte> record)
    {
        var identity = RecordIdentity.Of(record);
        lock (_gate)
            _counts[identity] = _counts.GetValueOrDefault(identity) + 1;
        Interlocked.Increment(ref _count);
    }

    /// <summary>How often the record was produced; 0 for one that is not of this run.</summary>
    public int TimesProduced(RecordIdentity identity)
    {
        lock (_gate)
            return _counts.GetValueOrDefault(identity);
    }

    /// <summary>Every distinct record with the times that it was produced.</summary>
    public IReadOnlyList<KeyValuePair<RecordIdentity, int>> Snapshot()
    {
        lock (_gate)
            return [.. _counts];
    }
}
