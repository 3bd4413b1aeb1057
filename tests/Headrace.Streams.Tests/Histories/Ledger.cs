using Headrace.Protocol.HashKeys;

namespace Headrace.Streams.Tests.Histories;

/// <summary>What was acknowledged, as the producers saw it. Thread-safe.</summary>
internal sealed class Ledger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<string>> _byKey = [];
    private readonly SortedDictionary<int, SortedDictionary<SequenceNumber, Stored>> _byShard = [];

    /// <summary>A record and where it went.</summary>
    public sealed record Stored(string Key, string Data, Shard Shard, SequenceNumber Number, long ArrivalUnixMs);

    public int Count { get; private set; }

    /// <summary>Notes the records of one put, in their order.</summary>
    public void Add(IReadOnlyList<Stored> records)
    {
        lock (_lock)
        {
            foreach (var record in records)
            {
                record.Shard.Range.Contains(PartitionKeyHash.Of(System.Text.Encoding.UTF8.GetBytes(record.Key))).ShouldBeTrue("a record is in a shard that doesn't take its hash key");
                (_byKey.TryGetValue(record.Key, out var data) ? data : _byKey[record.Key] = []).Add(record.Data);
                var shard = _byShard.TryGetValue(record.Shard.Index, out var known) ? known : _byShard[record.Shard.Index] = [];
                shard.TryAdd(record.Number, record).ShouldBeTrue($"sequence number {record.Number} was given twice");
                Count++;
            }
        }
    }

    /// <summary>A key's records in the order they were put.</summary>
    public IReadOnlyList<string> OfKey(string key) => _byKey.GetValueOrDefault(key) ?? [];

    public IReadOnlyCollection<string> Keys => _byKey.Keys;

    /// <summary>A shard's records in the order of their numbers.</summary>
    public IReadOnlyList<Stored> OfShard(int index) => _byShard.TryGetValue(index, out var records) ? [.. records.Values] : [];
}
