using System.Buffers.Binary;
using System.Text;
using Headrace.Delivery.Progress;
using Headrace.Delivery.Sources;
using Headrace.ShardLog;

namespace Headrace.Delivery.Partitions;

/// <summary>Gives records that are read again to the objects that were begun with them. Not thread-safe.</summary>
internal sealed class RebuiltObjects
{
    private readonly IReadOnlyList<PendingObject> _pending;
    private readonly IReadOnlyList<ObjectBuffer> _buffers;
    private readonly AggregateOpener? _aggregates;

    // Of processed records: the objects of each partition, in their order.
    private readonly ILookup<string, int>? _byPartition;

    /// <param name="pending">The objects.</param>
    /// <param name="buffers">A buffer for each.</param>
    /// <param name="isProcessed">Whether the source is the log of processed records.</param>
    /// <param name="aggregates">Opens aggregates; null where there are none.</param>
    public RebuiltObjects(IReadOnlyList<PendingObject> pending, IReadOnlyList<ObjectBuffer> buffers, bool isProcessed, AggregateOpener? aggregates)
    {
        _pending = pending;
        _buffers = buffers;
        _aggregates = aggregates;
        _byPartition = isProcessed ? Enumerable.Range(0, pending.Count).ToLookup(i => pending[i].Partition.Text, StringComparer.Ordinal) : null;
    }

    /// <summary>Takes what a page holds of a shard before a position.</summary>
    /// <param name="page">The page.</param>
    /// <param name="shard">Whose it is.</param>
    /// <param name="from">The position that it was read from.</param>
    /// <param name="end">The first position that no object answers for.</param>
    /// <param name="lost">Grows by the records that are gone, by object; of processed ones, by the first object that may have held them.</param>
    public void Add(RecordPage page, int shard, long from, long end, long[] lost)
    {
        var expected = from;
        for (var i = 0; i < page.Count && page[i].Position < end; i++)
        {
            var record = page[i];
            CountLost(shard, expected, record.Position, lost);
            expected = record.Position + 1;
            if (_byPartition is null)
                AddRead(shard, record);
            else
                AddProcessed(shard, record, _byPartition);
        }
        CountLost(shard, expected, Math.Min(page.NextPosition, end), lost);
    }

    private void CountLost(int shard, long from, long to, long[] lost)
    {
        for (var item = 0; item < _pending.Count && from < to; item++)
        {
            foreach (var range in _pending[item].Ranges)
            {
                if (range.Shard != shard || range.To <= from || range.From >= to)
                    continue;
                lost[item] += Math.Min(to, range.To) - Math.Max(from, range.From);
                from = Math.Min(to, range.To);
            }
        }
    }

    private void AddRead(int shard, RecordView record)
    {
        for (var item = 0; item < _pending.Count; item++)
        {
            if (!_pending[item].Holds(shard, record.Position))
                continue;
            Add(_buffers[item], record);
            return;
        }
    }

    private void Add(ObjectBuffer buffer, RecordView record)
    {
        if (_aggregates?.TryOpen(record.Data) != true)
        {
            buffer.Add(record.Data, record.Position, record.ArrivalUnixMs, record.ArrivalUnixMs);
            return;
        }
        for (var i = 0; i < _aggregates.Count; i++)
            buffer.Add(_aggregates[i], record.Position, record.ArrivalUnixMs, record.ArrivalUnixMs);
    }

    private void AddProcessed(int shard, RecordView record, ILookup<string, int> byPartition)
    {
        foreach (var item in byPartition[Encoding.UTF8.GetString(record.Key)])
        {
            if (_pending[item].Holds(shard, record.Position))
                _buffers[item].Add(record.Data[sizeof(long)..], record.Position, BinaryPrimitives.ReadInt64LittleEndian(record.Data), record.ArrivalUnixMs);
        }
    }
}
