using System.Text;

namespace Headrace.Client;

/// <summary>
/// What waits in a producer's lane: a record, or a mark, which has no partition key. A value, so that a record which nobody waits for
/// leaves nothing to collect.
/// </summary>
internal readonly struct ProducerItem
{
    private const int Overhead = 128;
    private const int CompletionOverhead = 256;

    /// <summary>A record.</summary>
    public ProducerItem(ReadOnlyMemory<byte> data, string partitionKey, string? explicitHashKey)
    {
        (Data, PartitionKey, ExplicitHashKey) = (data, partitionKey, explicitHashKey);
        KeyHash = partitionKey.GetHashCode(StringComparison.Ordinal);
        Bytes = data.Length + Encoding.UTF8.GetByteCount(partitionKey);
    }

    private ProducerItem(ItemCompletion completion) => (PartitionKey, Completion, IsMark) = ("", completion, true);

    public ReadOnlyMemory<byte> Data { get; }

    public string PartitionKey { get; }

    public string? ExplicitHashKey { get; }

    /// <summary>The same for the same partition key, in this process.</summary>
    public int KeyHash { get; }

    /// <summary>Whether it is no record but the mark of a flush.</summary>
    public bool IsMark { get; }

    /// <summary>The record's number; of producers that have a name.</summary>
    public long Number { get; init; }

    /// <summary>What its producer wants to be told with the number.</summary>
    public string? Position { get; init; }

    /// <summary>Who waits for its end; null for a record that was posted.</summary>
    public ItemCompletion? Completion { get; init; }

    /// <summary>What the record counts towards the API's limits: data and partition key.</summary>
    public int Bytes { get; }

    /// <summary>What it counts towards the buffer's bound: with it, what is kept of it besides.</summary>
    public int BufferedBytes => Bytes + (Completion is null ? Overhead : Overhead + CompletionOverhead);

    public static ProducerItem Flush(ItemCompletion completion) => new(completion);
}
