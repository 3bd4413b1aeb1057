namespace Headrace.Client;

/// <summary>Where a record was durably written.</summary>
public sealed record PutRecordResult(string ShardId, string SequenceNumber);
