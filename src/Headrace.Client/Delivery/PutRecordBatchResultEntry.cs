namespace Headrace.Client;

/// <summary>The fate of one record of a PutRecordBatch call: its record id, or an error.</summary>
public sealed record PutRecordBatchResultEntry(string? RecordId, string? ErrorCode, string? ErrorMessage);
