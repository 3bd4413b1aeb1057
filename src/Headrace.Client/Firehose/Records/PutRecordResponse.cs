namespace Headrace.Client.Firehose;

/// <summary>What <c>PutRecord</c> answers.</summary>
public sealed record PutRecordResponse
{
    /// <summary>What the service calls the record.</summary>
    public required string RecordId { get; init; }

    /// <summary>Whether the records wait encrypted.</summary>
    public bool? Encrypted { get; init; }
}
