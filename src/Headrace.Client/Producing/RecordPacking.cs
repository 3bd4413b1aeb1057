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

    /// <summary>Fills the batch with what is given.</summary>
    public async Task PackAsync(List<ProducerItem> items, WireBatch batch, CancellationToken cancellationToken)
    {
        await shards.RefreshAsync(cancellationToken);
        foreach (var its in _byShard)
            its.Clear();
        while (_byShard.Count < Math.Max(shards.Count, 1))
            _byShard.Add([]);
        batch.Clear();
        _aggregates.Clear();
        Deal(CollectionsMarshal.AsSpan(items));
        foreach (var its in _byShard)
            Pack(its, CollectionsMarshal.AsSpan(items), batch);
        AggregateDigests.Write(batch.Aggregates.Written(0, batch.Aggregates.Length), CollectionsMarshal.AsSpan(_aggregates));
    }

    public void Dispose() => _writer.Dispose();

    private void Deal(ReadOnlySpan<ProducerItem> items)
    {
        for (var i = 0; i < items.Length; i++)
            _byShard[shards.PlaceOf(items[i])].Add(i);
    }

    private void Pack(List<int> its, ReadOnlySpan<ProducerItem> items, WireBatch batch)
    {
        foreach (var i in its)
        {
            ref readonly var item = ref items[i];
            if (_writer.Count > 0 && _writer.LengthWith(item.PartitionKey, item.ExplicitHashKey, item.Data.Length) > maxAggregateBytes)
                Close(batch);
            _writer.Add(item.PartitionKey, item.ExplicitHashKey, item.Data.Span);
            batch.Items.Add(item);
        }
        if (_writer.Count > 0)
            Close(batch);
    }

    /// <summary>One record is put as it is, as the format has it.</summary>
    private void Close(WireBatch batch)
    {
        var (count, start) = (_writer.Count, batch.Aggregates.Length);
        if (count > 1)
        {
            _aggregates.Add((start, _writer.Length));
            _writer.WriteWithoutDigest(batch.Aggregates);
        }
        batch.Records.Add(new WireRecord(batch.Items.Count - count, count, start, batch.Aggregates.Length - start));
        _writer.Clear();
    }
}
