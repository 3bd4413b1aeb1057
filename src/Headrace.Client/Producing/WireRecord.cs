namespace Headrace.Client;

/// <summary>A record as it goes over the wire, and what a producer was given that it holds: one record, or those of an aggregate in their order.</summary>
internal sealed record WireRecord(PutRecordsEntry Entry, IReadOnlyList<ProducerItem> Items)
{
    public bool IsAggregate => Items.Count > 1;

    /// <summary>What counts against the buffer's bound.</summary>
    public int Bytes => Items.Sum(static item => item.Bytes);
}
