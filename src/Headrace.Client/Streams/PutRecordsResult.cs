namespace Headrace.Client;

/// <summary>The fates of a PutRecords call's records, in the order they were given.</summary>
public sealed record PutRecordsResult(int FailedRecordCount, IReadOnlyList<PutRecordsResultEntry> Results)
{
    /// <summary>Of numbered records: whether the service takes each number once; AWS does not.</summary>
    public bool TakesNumbers { get; init; }

    /// <summary>Of numbered records: the producer's highest number now; null when it has committed nothing.</summary>
    public long? Committed { get; init; }

    /// <summary>Of numbered records: how many, the first ones, had been taken before.</summary>
    public int Dropped { get; init; }
}
