using System.Text;

namespace Headrace.Client;

/// <summary>What waits in a producer's lane: a record, or the mark of a flush, which has no record.</summary>
internal sealed class ProducerItem(PutRecordsEntry? record)
{
    public PutRecordsEntry? Record { get; } = record;

    /// <summary>The record's number; of producers that have a name.</summary>
    public long Number { get; init; }

    /// <summary>What its producer wants to be told with the number.</summary>
    public string? Position { get; init; }

    /// <summary>What the record counts towards the API's limits: data and partition key.</summary>
    public int Bytes { get; } = record is null ? 0 : record.Data.Length + Encoding.UTF8.GetByteCount(record.PartitionKey);

    /// <summary>Ends with the record's place; with null for a flush, once everything before it has ended.</summary>
    public TaskCompletionSource<ProducedRecord?> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
