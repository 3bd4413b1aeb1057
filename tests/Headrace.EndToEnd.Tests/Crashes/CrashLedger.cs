namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>What the server has promised and what has been found of it. Thread-safe.</summary>
internal sealed class CrashLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Place> _promised = [];
    private readonly Dictionary<long, Place> _foundUnpromised = [];
    private readonly HashSet<long> _found = [];

    /// <summary>Records that were acknowledged.</summary>
    public long Promised { get; private set; }

    /// <summary>Records that were found, acknowledged or not.</summary>
    public int Found => _found.Count;

    /// <exception cref="ShouldAssertException">It was acknowledged before, or found elsewhere: a repeated call is answered with the places that its first attempt took.</exception>
    public void Acknowledge(NumberedRecord record, string stream, string shardId, string sequenceNumber)
    {
        var place = new Place(stream, shardId, sequenceNumber);
        lock (_lock)
        {
            Promised++;
            if (_foundUnpromised.Remove(record.Id, out var found))
                found.ShouldBe(place, $"{record} was found before it was acknowledged elsewhere");
            else
                _promised.TryAdd(record.Id, place).ShouldBeTrue($"{record} was acknowledged twice");
        }
    }

    /// <summary>A record was found for the first time by a reader who meets every stored record once.</summary>
    /// <exception cref="ShouldAssertException">It was found before, or is not where it was promised to be.</exception>
    public void Find(NumberedRecord record, string stream, string shardId, string sequenceNumber)
    {
        var place = new Place(stream, shardId, sequenceNumber);
        lock (_lock)
        {
            _found.Add(record.Id).ShouldBeTrue($"{record} is stored twice, the second time at {place}");
            if (_promised.Remove(record.Id, out var promised))
                promised.ShouldBe(place, $"{record} was promised elsewhere");
            else
                _foundUnpromised.Add(record.Id, place);
        }
    }

    /// <exception cref="ShouldAssertException">An acknowledged record was not found.</exception>
    public void ShouldHaveFoundAll()
    {
        lock (_lock)
        {
            if (_promised.Count > 0)
                throw new ShouldAssertException($"{_promised.Count} acknowledged records are lost, among them number {(int)_promised.First().Key} of writer {_promised.First().Key >> 32}, {_promised.First().Value}");
        }
    }

    private sealed record Place(string Stream, string ShardId, string SequenceNumber);
}
