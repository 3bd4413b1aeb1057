using System.Runtime.InteropServices;
using Headrace.Protocol.Aggregation;

namespace Headrace.Client;

/// <summary>
/// Packs a batch's records into aggregates that never mix shards, so that no reader has to drop what belongs to another shard. Within a
/// shard, and so for a key, the order stays. One lane's; not thread-safe.
/// </summary>
internal sealed class RecordPacking(ShardPrediction shards, int maxAggregateBytes) : IDisposable
{
    private readonly AggregateWriter _writer = new();
    private readonly List<List<int>> _byShard = [];
    private readonly List<(int Start, int Length)> _aggregates = [];

    // Of the aggregate that is being written.
    private long _bufferedBytes;
    private bool _isAwaited;

    /// <summary>Fills the batch with so many of what is given, from the first on.</summary>
    public async Task PackAsync(List<ProducerItem> items, int first, int count, WireBatch batch, CancellationToken cancellationToken)
    {
        await shards.RefreshAsync(cancellationToken);
        batch.Begin(items);
        _aggregates.Clear();
        Deal(CollectionsMarshal.AsSpan(items).Slice(first, count), first);
        foreach (var its in _byShard)
            Pack(its, CollectionsMarshal.AsSpan(items), batch);
        AggregateDigests.Write(batch.Aggregates.Written(0, batch.Aggregates.Length), CollectionsMarshal.AsSpan(_aggregates));
    }

    public void Dispose() => _writer.Dispose();

    private void Deal(ReadOnlySpan<ProducerItem> items, int first)
    {
        foreach (var its in _byShard)
            its.Clear();
        while (_byShard.Count < Math.Max(shards.Count, 1))
            _byShard.Add([]);
        for (var i = 0; i < items.Length; i++)
            _byShard[shards.PlaceOf(items[i])].Add(first + i);
    }

    private void Pack(List<int> its, ReadOnlySpan<ProducerItem> items, WireBatch batch)
    {
        var first = batch.Count;
        batch.Add(its);
        foreach (var i in its)
        {
            ref readonly var item = ref items[i];
            if (!TryAdd(item))
            {
                first += Close(first, batch);
                TryAdd(item);
            }
            _bufferedBytes += item.BufferedBytes;
            _isAwaited |= item.Completion is not null;
        }
        if (_writer.Count > 0)
            Close(first, batch);
    }

    private bool TryAdd(in ProducerItem item) => _writer.TryAdd(item.PartitionKey, item.KeyHash, item.ExplicitHashKey, item.Data.Span, maxAggregateBytes);

    /// <summary>Ends a record of the wire, and answers how many it holds. One record is put as it is, as the format has it.</summary>
    private int Close(int first, WireBatch batch)
    {
        var (count, start) = (_writer.Count, batch.Aggregates.Length);
        if (count > 1)
        {
            _aggregates.Add((start, _writer.Length));
            _writer.WriteWithoutDigest(batch.Aggregates);
        }
        batch.Records.Add(new WireRecord(first, count, start, batch.Aggregates.Length - start) { BufferedBytes = _bufferedBytes, IsAwaited = _isAwaited });
        (_bufferedBytes, _isAwaited) = (0, false);
        _writer.Clear();
        return count;
    }
}
