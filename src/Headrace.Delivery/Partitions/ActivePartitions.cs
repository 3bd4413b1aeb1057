using System.Collections.Concurrent;

namespace Headrace.Delivery.Partitions;

/// <summary>The partitions with records that are not delivered yet. Thread-safe.</summary>
internal sealed class ActivePartitions(int limit)
{
    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>True where a record may go to a partition: it is active already, or there is room for one more.</summary>
    public bool TryEnter(PartitionName partition)
    {
        if (_last.ContainsKey(partition.Text))
            return true;
        if (_last.Count >= limit)
            return false;
        _last[partition.Text] = long.MaxValue;
        return true;
    }

    /// <summary>Tells the position of a partition's newest record.</summary>
    public void Place(PartitionName partition, long position) => _last[partition.Text] = position;

    /// <summary>Tells that a partition's records up to a position are delivered; without later ones it is active no longer.</summary>
    public void Leave(PartitionName partition, long end)
    {
        if (_last.TryGetValue(partition.Text, out var last) && last < end)
            _last.TryRemove(KeyValuePair.Create(partition.Text, last));
    }
}
