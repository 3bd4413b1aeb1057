namespace Headrace.Client;

/// <summary>The fate of one record of a PutRecords call: shard and sequence number, or an error.</summary>
public sealed record PutRecordsResultEntry(string? ShardId, string? SequenceNumber, string? ErrorCode, string? ErrorMessage);
