namespace Headrace.Client.Firehose;

/// <summary>What <c>PutRecordBatch</c> answers.</summary>
public sealed record PutRecordBatchResponse
{
    /// <summary>How many were not taken.</summary>
    public required int FailedPutCount { get; init; }

    /// <summary>Whether the records wait encrypted.</summary>
    public bool? Encrypted { get; init; }

    /// <summary>What became of the records, in their order.</summary>
    public required IReadOnlyList<PutRecordBatchResponseEntry> RequestResponses { get; init; }
}
