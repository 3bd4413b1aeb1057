namespace Headrace.Client;

/// <summary>What became of one record of a PutRecords call: its place, or an error.</summary>
internal readonly record struct PutRecordsFate(string? ShardId, string? SequenceNumber, string? ErrorCode, string? ErrorMessage)
{
    public bool IsWritten => ErrorCode is null && ShardId is not null && SequenceNumber is not null;
}
