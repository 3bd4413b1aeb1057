using System.Buffers;
using Headrace.Protocol.Aggregation;

namespace Headrace.Client;

/// <summary>
/// Packs a batch's records into aggregates that never mix shards, so that no reader has to drop what belongs to another shard. Within a
/// shard, and so for a key, the order stays. One lane's; not thread-safe.
/// </summary>
internal sealed class RecordPacking(ShardPrediction shards, int maxAggregateBytes) : IDisposable
{
    private readonly AggregateWriter _writer = new();
    private readonly Dictionary<string, List<ProducerItem>> _byShard = new(StringComparer.Ordinal);

    public async Task<List<WireRecord>> PackAsync(IReadOnlyList<ProducerItem> items, CancellationToken cancellationToken)
    {
        await shards.RefreshAsync(cancellationToken);
        _byShard.Clear();
        foreach (var item in items)
        {
            var shard = shards.ShardOf(item.Record!);
            if (!_byShard.TryGetValue(shard, out var its))
                _byShard.Add(shard, its = []);
            its.Add(item);
        }
        var packed = new List<WireRecord>();
        foreach (var its in _byShard.Values)
            Pack(its, packed);
        return packed;
    }

    /// <summary>Learns from the answer for a record where its shard is.</summary>
    public void Observe(WireRecord record, string shardId) => shards.Observe(record.Entry, shardId);

    public void Dispose() => _writer.Dispose();

    private void Pack(List<ProducerItem> items, List<WireRecord> packed)
    {
        var open = new List<ProducerItem>();
        foreach (var item in items)
        {
            var record = item.Record!;
            if (open.Count > 0 && _writer.LengthWith(record.PartitionKey, record.ExplicitHashKey, record.Data.Length) > maxAggregateBytes)
            {
                packed.Add(Close(open));
                open = [];
            }
            _writer.Add(record.PartitionKey, record.ExplicitHashKey, record.Data.Span);
            open.Add(item);
        }
        if (open.Count > 0)
            packed.Add(Close(open));
    }

    /// <summary>One record is put as it is, as the format has it.</summary>
    private WireRecord Close(List<ProducerItem> items)
    {
        var first = items[0].Record!;
        var entry = first;
        if (items.Count > 1)
        {
            var bytes = new ArrayBufferWriter<byte>(_writer.Length);
            _writer.WriteTo(bytes);
            entry = first with { Data = bytes.WrittenMemory };
        }
        _writer.Clear();
        return new WireRecord(entry, items);
    }
}
