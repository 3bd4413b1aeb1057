namespace Headrace.Client;

/// <summary>Where a produced record was durably written.</summary>
public sealed record ProducedRecord(string ShardId, string SequenceNumber)
{
    /// <summary>The record's place in the aggregate that has the sequence number; null where it was put as it is.</summary>
    public int? SubSequenceNumber { get; init; }

    /// <summary>Its number was taken before: it was dropped, and unless it repeated the producer's last call its true place is not known.</summary>
    public bool WasCommitted { get; init; }
}
