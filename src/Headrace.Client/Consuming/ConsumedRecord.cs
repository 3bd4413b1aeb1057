namespace Headrace.Client;

/// <summary>A record with its way marks. Of one shard, records arrive in order.</summary>
/// <param name="MillisBehindLatest">How far behind the shard's tip the page was that brought the record, in milliseconds.</param>
public sealed record ConsumedRecord(
    string ShardId, string SequenceNumber, string PartitionKey, ReadOnlyMemory<byte> Data, DateTimeOffset ArrivalTime, long MillisBehindLatest)
{
    /// <summary>The record's place in the aggregate that has the sequence number; null where it was put as it is.</summary>
    public int? SubSequenceNumber { get; init; }

    /// <summary>
    /// What to save once this record and all before it were handled: the sequence number, and inside of an aggregate
    /// <c>SEQUENCE:SUBSEQUENCE</c>.
    /// </summary>
    public string Checkpoint { get; init; } = SequenceNumber;
}
