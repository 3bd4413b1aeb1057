namespace Headrace.Client;

/// <summary>
/// The numbers under which a batch goes over the wire. Aggregates hold records of many numbers, mixed by shard: they all go under the
/// batch's highest, which they share, so that the service takes them together or not at all.
/// </summary>
internal sealed class BatchNumbers
{
    private readonly string _producer;
    private readonly ProducerItem _last;
    private readonly bool _isPacked;

    /// <param name="producer">The producer's name.</param>
    /// <param name="batch">What the records are in.</param>
    /// <param name="records">The records of one call.</param>
    public BatchNumbers(string producer, WireBatch batch, List<WireRecord> records)
    {
        _producer = producer;
        _last = batch.FirstOf(records[0]);
        foreach (var record in records)
        {
            _isPacked |= record.IsAggregate;
            for (var i = record.First; i < record.First + record.Count; i++)
                _last = batch[i].Number > _last.Number ? batch[i] : _last;
        }
    }

    /// <summary>For those of the records that are still to be taken.</summary>
    public RecordNumbers Of(WireBatch batch, List<WireRecord> records) =>
        new(_producer, [.. records.Select(record => _isPacked ? _last.Number : batch.FirstOf(record).Number)]) { Position = _last.Position };
}
