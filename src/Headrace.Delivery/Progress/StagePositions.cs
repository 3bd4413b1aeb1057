using Headrace.Delivery.Partitions;
using Headrace.Delivery.Processing;

namespace Headrace.Delivery.Progress;

/// <summary>
/// How far a stage has read, how far it has cut what it read into objects, and how far these are delivered. A source that isn't processed has one
/// partition and any number of shards; the log of processed records has one shard, and partitions that come along at their own pace.
/// Not thread-safe.
/// </summary>
internal sealed class StagePositions
{
    // Beyond so many, what is not needed any longer is looked for after every delivery.
    private const int MaxRemembered = 1_000;

    private readonly bool _isProcessed;
    private readonly Dictionary<int, long> _delivered;
    private readonly Dictionary<string, long> _ahead;
    private readonly Dictionary<int, long> _read;

    // Only what is cut and not delivered: of a source's shards, or of partitions.
    private readonly Dictionary<int, long> _cutShards = [];
    private readonly Dictionary<string, long> _cutPartitions = new(StringComparer.Ordinal);

    /// <param name="isProcessed">Whether the source is the log of processed records.</param>
    /// <param name="delivered">What is recorded as delivered of each shard. Owned by this from now on.</param>
    /// <param name="ahead">The partitions of which more is. Owned by this from now on.</param>
    public StagePositions(bool isProcessed, Dictionary<int, long> delivered, Dictionary<string, long> ahead)
    {
        _isProcessed = isProcessed;
        _delivered = delivered;
        _ahead = ahead;
        _read = new Dictionary<int, long>(_delivered);
    }

    /// <summary>Everything of a shard before a position is read.</summary>
    public void Read(int shard, long next) => _read[shard] = next;

    /// <summary>True for a record that its partition's objects hold already.</summary>
    public bool IsDelivered(PartitionName partition, long position) => _ahead.TryGetValue(partition.Text, out var ahead) && position < ahead;

    /// <summary>The positions that the next object of a partition answers for: what was read and no object holds yet.</summary>
    public List<ShardRange> Cut(PartitionName partition)
    {
        var ranges = new List<ShardRange>();
        foreach (var (shard, next) in _read)
        {
            var from = _isProcessed ? StartOf(partition) : _cutShards.GetValueOrDefault(shard, _delivered.GetValueOrDefault(shard));
            if (next > from)
                ranges.Add(new ShardRange(shard, from, next));
            if (_isProcessed)
                _cutPartitions[partition.Text] = next;
            else
                _cutShards[shard] = next;
        }
        return ranges;
    }

    /// <summary>What is delivered once some objects are, and nothing but <paramref name="rest"/> is left in buffers.</summary>
    public DeliveryAdvance After(ObjectsInFlight done, IEnumerable<ObjectBuffer> rest)
    {
        if (!_isProcessed)
            return new DeliveryAdvance([.. done.Pending.SelectMany(item => item.Ranges).Select(range => KeyValuePair.Create(range.Shard, range.To))], [], done.Totals);
        var all = _read.GetValueOrDefault(ProcessedLog.RecordShard);
        var first = rest.Select(buffer => buffer.FirstPosition).DefaultIfEmpty(all).Min();
        var ahead = done.Pending.Select(item => KeyValuePair.Create(item.Partition, item.End)).Where(item => item.Value > first);
        return new DeliveryAdvance([KeyValuePair.Create(ProcessedLog.RecordShard, first)], [.. ahead], done.Totals);
    }

    /// <summary>Takes over what was recorded.</summary>
    public void Advance(DeliveryAdvance advance, ObjectsInFlight done)
    {
        foreach (var (shard, position) in advance.Positions)
            _delivered[shard] = position;
        foreach (var (partition, position) in advance.Partitions)
            _ahead[partition.Text] = position;
        foreach (var item in done.Pending)
        {
            if (_cutPartitions.TryGetValue(item.Partition.Text, out var cut) && cut <= item.End)
                _cutPartitions.Remove(item.Partition.Text);
        }
        ForgetCaughtUp();
    }

    private long StartOf(PartitionName partition) => Math.Max(
        _cutPartitions.GetValueOrDefault(partition.Text),
        Math.Max(_delivered.GetValueOrDefault(ProcessedLog.RecordShard), _ahead.GetValueOrDefault(partition.Text)));

    /// <summary>Partitions that are not ahead any longer need no position of their own, however many there were.</summary>
    private void ForgetCaughtUp()
    {
        if (_ahead.Count <= MaxRemembered)
            return;
        foreach (var caughtUp in _ahead.Where(entry => entry.Value <= _delivered.GetValueOrDefault(ProcessedLog.RecordShard)).Select(entry => entry.Key).ToList())
            _ahead.Remove(caughtUp);
    }
}
