namespace Headrace.Client;

/// <summary>The fates of a PutRecords call's records, in the order they were given.</summary>
public sealed record PutRecordsResult(int FailedRecordCount, IReadOnlyList<PutRecordsResultEntry> Results);
