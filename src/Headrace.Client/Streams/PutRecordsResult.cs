namespace Headrace.Client;

/// <summary>The fates of a PutRecords call's records, in the order they were given.</summary>
public sealed record PutRecordsResult(int FailedRecordCount, IReadOnlyList<PutRecordsResultEntry> Results)
{
    /// <summary>Of numbered records: the producer's highest number now. Null where the service knows no numbers, and for records without.</summary>
    public long? Committed { get; init; }

    /// <summary>Of numbered records: how many, the first ones, had been taken before.</summary>
    public int Dropped { get; init; }
}
