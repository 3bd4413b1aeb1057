namespace Headrace.Client;

/// <summary>A record with its way marks. Of one shard, records arrive in order.</summary>
/// <param name="MillisBehindLatest">How far behind the shard's tip the page was that brought the record, in milliseconds.</param>
public sealed record ConsumedRecord(
    string ShardId, string SequenceNumber, string PartitionKey, ReadOnlyMemory<byte> Data, DateTimeOffset ArrivalTime, long MillisBehindLatest);
