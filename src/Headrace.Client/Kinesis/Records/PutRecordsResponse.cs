namespace Headrace.Client.Kinesis;

/// <summary>What <c>PutRecords</c> answers.</summary>
public sealed record PutRecordsResponse
{
    /// <summary>How many were not written.</summary>
    public int? FailedRecordCount { get; init; }

    /// <summary>The records.</summary>
    public required IReadOnlyList<PutRecordsResultEntry> Records { get; init; }

    /// <summary>How records are kept: <c>NONE</c> or <c>KMS</c>.</summary>
    public string? EncryptionType { get; init; }
}
