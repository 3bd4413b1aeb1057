namespace Headrace.Client;

/// <summary>
/// The numbers under which a batch goes over the wire. Aggregates hold records of many numbers, mixed by shard: they all go under the
/// batch's highest, which they share, so that the service takes them together or not at all.
/// </summary>
internal sealed class BatchNumbers(string producer, IReadOnlyList<WireRecord> batch)
{
    private readonly ProducerItem _last = batch.SelectMany(static record => record.Items).MaxBy(static item => item.Number)!;
    private readonly bool _isPacked = batch.Any(static record => record.IsAggregate);

    /// <summary>For those of the batch's records that are still to be taken.</summary>
    public RecordNumbers Of(IReadOnlyList<WireRecord> records) =>
        new(producer, [.. records.Select(record => _isPacked ? _last.Number : record.Items[0].Number)]) { Position = _last.Position };
}
