using System.Globalization;
using Headrace.EndToEnd.Tests.Kinesis;

namespace Headrace.EndToEnd.Tests.Crashes.Cycles;

/// <summary>
/// What one stream must hold by what its clients were told: every record that was acknowledged to a writer or shown to a reader,
/// at its place and at no other. Each contradiction is thrown where it is noticed. Thread-safe.
/// </summary>
internal sealed class StreamLedger(string stream)
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly HashSet<LoadRecord> _sent = [];
    private readonly Dictionary<LoadRecord, (string ShardId, string SequenceNumber)> _placeOf = [];
    private readonly Dictionary<(string ShardId, string SequenceNumber), LoadRecord> _recordAt = [];
    private readonly HashSet<LoadRecord> _found = [];
    private readonly HashSet<LoadRecord> _owed = [];

    public string Stream => stream;

    /// <summary>Records that writers were told are stored.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Records whose places are known: acknowledged, or found though their answer was lost.</summary>
    public int Stored
    {
        get
        {
            lock (_lock)
                return _placeOf.Count;
        }
    }

    /// <summary>Notes records that are about to be sent, for the first time or again.</summary>
    public void Send(IEnumerable<LoadRecord> records)
    {
        lock (_lock)
            _sent.UnionWith(records);
    }

    /// <summary>Notes that a put was answered with the record's place.</summary>
    public void Acknowledge(LoadRecord record, string shardId, string sequenceNumber)
    {
        lock (_lock)
        {
            Acknowledged++;
            Place(record, shardId, sequenceNumber, "acknowledged");
            Owe(record);
        }
    }

    /// <summary>Notes what a reader was shown, which must stay.</summary>
    public LoadRecord Show(StoredRecord stored)
    {
        lock (_lock)
        {
            var record = Identify(stored);
            Owe(record);
            return record;
        }
    }

    /// <summary>Notes what a check has found: it is owed to nobody any more until the next check of everything.</summary>
    public LoadRecord Find(StoredRecord stored)
    {
        lock (_lock)
        {
            var record = Identify(stored);
            _found.Add(record);
            _owed.Remove(record);
            return record;
        }
    }

    /// <summary>Begins a check of everything: all that was ever acknowledged, shown or found must be found again.</summary>
    public void OweAll()
    {
        lock (_lock)
            _found.Clear();
            _owed.UnionWith(_placeOf.Keys);
    }

    /// <summary>Ends a check: what is still owed was lost.</summary>
    public void ShouldOweNothing()
    {
        lock (_lock)
        {
            if (_owed.Count == 0)
                return;
            var lost = _owed.Take(10).Select(record => string.Create(CultureInfo.InvariantCulture, $"{record} at {_placeOf[record]}"));
            throw new ShouldAssertException($"{_owed.Count} records of {stream} are lost: {string.Join(", ", lost)}");
        }
    }

    /// <summary>A put that is answered only when it is repeated may have been found before.</summary>
    private void Owe(LoadRecord record)
    {
        if (!_found.Contains(record))
            _owed.Add(record);
    }

    private LoadRecord Identify(StoredRecord stored)
    {
        var record = LoadRecord.Parse(stored.PartitionKey);
        if (!_sent.Contains(record))
            throw new ShouldAssertException($"{stream} holds {record} at {stored.SequenceNumber}, which was never put there");
        if (!stored.Data.AsSpan().SequenceEqual(record.Data()))
            throw new ShouldAssertException($"{stream} holds {record} at {stored.SequenceNumber}, but its content is {LoadRecord.Describe(stored.Data)}");
        Place(record, stored.ShardId, stored.SequenceNumber, "stored");
        return record;
    }

    private void Place(LoadRecord record, string shardId, string sequenceNumber, string how)
    {
        var place = (shardId, sequenceNumber);
        if (_placeOf.TryGetValue(record, out var before) && before != place)
            throw new ShouldAssertException($"{record} of {stream} is {how} at {place}, and also at {before}");
        if (_recordAt.TryGetValue(place, out var other) && other != record)
            throw new ShouldAssertException($"{record} of {stream} is {how} at {place}, where {other} has been");
        _placeOf[record] = place;
        _recordAt[place] = record;
    }
}
