namespace Headrace.Client;

/// <summary>A record to put. An explicit hash key (decimal, 128 bits) chooses the shard instead of the key's MD5.</summary>
public sealed record PutRecordsEntry(ReadOnlyMemory<byte> Data, string PartitionKey, string? ExplicitHashKey = null);
