namespace Headrace.Client;

/// <summary>The fates of a PutRecordBatch call's records, in the order they were given.</summary>
public sealed record PutRecordBatchResult(int FailedPutCount, IReadOnlyList<PutRecordBatchResultEntry> Results);
