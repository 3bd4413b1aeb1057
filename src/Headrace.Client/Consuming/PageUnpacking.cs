using Headrace.Protocol.Aggregation;

namespace Headrace.Client;

/// <summary>Makes a shard's pages into records, and aggregates into theirs. One shard's; not thread-safe.</summary>
/// <param name="shardId">The shard.</param>
/// <param name="deaggregate">Whether aggregates are taken apart.</param>
/// <param name="handled">What was handled before, up to inside of an aggregate maybe; such a record is read again, and left out as far as it was handled.</param>
internal sealed class PageUnpacking(string shardId, bool deaggregate, ShardCheckpoint? handled)
{
    private readonly AggregateReader _reader = new();

    public List<ConsumedRecord> Unpack(IReadOnlyList<StreamRecord> page, long millisBehindLatest)
    {
        var records = new List<ConsumedRecord>(page.Count);
        foreach (var record in page)
        {
            var first = handled is { SubSequenceNumber: { } sub } partly && partly.SequenceNumber == record.SequenceNumber ? sub + 1 : 0;
            if (deaggregate && _reader.TryRead(record.Data))
                AddParts(record, first, millisBehindLatest, records);
            else if (first == 0)
                records.Add(new ConsumedRecord(shardId, record.SequenceNumber, record.PartitionKey, record.Data, record.ArrivalTime, millisBehindLatest));
        }
        return records;
    }

    private void AddParts(StreamRecord record, long first, long millisBehindLatest, List<ConsumedRecord> records)
    {
        for (var i = first; i < _reader.Count; i++)
        {
            var part = _reader[(int)i];
            var checkpoint = new ShardCheckpoint(record.SequenceNumber, i == _reader.Count - 1 ? null : i);
            records.Add(new ConsumedRecord(shardId, record.SequenceNumber, part.PartitionKeyText, part.Data, record.ArrivalTime, millisBehindLatest)
            {
                SubSequenceNumber = (int)i,
                Checkpoint = checkpoint.ToString(),
            });
        }
    }
}
