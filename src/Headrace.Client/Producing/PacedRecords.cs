namespace Headrace.Client;

/// <summary>Holds back what its shard takes only later. One lane's; not thread-safe.</summary>
/// <param name="pace">What the shards take from all lanes.</param>
/// <param name="shards">Where records go.</param>
/// <param name="time">The clock.</param>
/// <param name="keepsOrder">Nothing overtakes what is held back, of whichever shard.</param>
internal sealed class PacedRecords(ShardPace pace, ShardPrediction shards, TimeProvider time, bool keepsOrder)
{
    /// <summary>A share is there again at its exact time, and a timer may come a little early.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly List<WireRecord> _held = [];
    private readonly List<WireRecord> _passing = [];
    private readonly HashSet<string> _full = new(StringComparer.Ordinal);

    /// <summary>Waits until some of the records may leave, and takes the others out; a shard's records keep their order.</summary>
    public async Task AdmitAsync(WireBatch batch, List<WireRecord> open, CancellationToken cancellationToken)
    {
        await shards.RefreshAsync(cancellationToken);
        while (true)
        {
            var wait = Split(batch, open);
            if (_passing.Count > 0)
                break;
            await Task.Delay(wait < Shortest ? Shortest : wait, time, cancellationToken);
        }
        open.Clear();
        open.AddRange(_passing);
    }

    /// <summary>Puts those that were held back behind those that have failed.</summary>
    public void Return(List<WireRecord> open)
    {
        open.AddRange(_held);
        _held.Clear();
    }

    private TimeSpan Split(WireBatch batch, List<WireRecord> open)
    {
        _held.Clear();
        _passing.Clear();
        _full.Clear();
        var shortest = TimeSpan.MaxValue;
        foreach (var record in open)
        {
            var shard = shards.ShardOf(batch.FirstOf(record));
            if (_full.Contains(shard) || (keepsOrder && _held.Count > 0))
            {
                _held.Add(record);
                continue;
            }
            var wait = pace.Take(shard, batch.WireBytesOf(record));
            if (wait == TimeSpan.Zero)
            {
                _passing.Add(record);
                continue;
            }
            _full.Add(shard);
            _held.Add(record);
            shortest = wait < shortest ? wait : shortest;
        }
        return shortest;
    }
}
