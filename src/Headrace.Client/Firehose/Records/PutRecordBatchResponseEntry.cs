namespace Headrace.Client.Firehose;

/// <summary>What became of one record: its id, or an error.</summary>
public sealed record PutRecordBatchResponseEntry
{
    /// <summary>What the service calls the record.</summary>
    public string? RecordId { get; init; }

    /// <summary>What went wrong; null: nothing.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same in words.</summary>
    public string? ErrorMessage { get; init; }
}
