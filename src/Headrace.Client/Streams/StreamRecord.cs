namespace Headrace.Client;

/// <summary>A record as GetRecords returns it.</summary>
public sealed record StreamRecord(string SequenceNumber, string PartitionKey, ReadOnlyMemory<byte> Data, DateTimeOffset ArrivalTime);
