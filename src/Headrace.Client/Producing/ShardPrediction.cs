using System.Globalization;
using System.Text;
using Headrace.Protocol.HashKeys;

namespace Headrace.Client;

/// <summary>
/// Foresees which shard takes a record, from the stream's list of shards. Resharding makes it wrong until an answer shows it; then the
/// list is asked for again. One lane's; not thread-safe.
/// </summary>
internal sealed class ShardPrediction(KinesisClient client, string stream)
{
    /// <summary>Pairs of keys whose shards are remembered: of two that meet in a place, neither drives the other out.</summary>
    private const int RememberedPairs = 4096;

    // Keys come again and again, and to hash one costs more than all else that is done for a small record.
    private readonly (string? Key, int Place)[] _remembered = new (string?, int)[2 * RememberedPairs];

    private UInt128[] _starts = [];
    private string[] _ids = [];
    private bool _isStale = true;

    /// <summary>How many open shards there are.</summary>
    public int Count => _ids.Length;

    /// <summary>Asks for the shards unless they are known.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (!_isStale)
            return;
        var shards = await client.ListShardsAsync(stream, cancellationToken);
        var open = shards.Where(shard => shard.EndingSequenceNumber is null)
            .Select(shard => (Start: UInt128.Parse(shard.StartingHashKey, CultureInfo.InvariantCulture), shard.ShardId))
            .OrderBy(shard => shard.Start).ToList();
        _starts = [.. open.Select(shard => shard.Start)];
        _ids = [.. open.Select(shard => shard.ShardId)];
        Array.Clear(_remembered);
        _isStale = false;
    }

    /// <summary>The place of the record's shard among the open ones; 0 also where there are none.</summary>
    public int PlaceOf(in ProducerItem record)
    {
        if (record.ExplicitHashKey is { } text && PartitionKeyHash.TryParse(text, out var given))
            return PlaceOf(given);
        // The low bits have chosen the lane.
        var pair = _remembered.AsSpan(2 * (int)(((uint)record.KeyHash >> 16) % RememberedPairs), 2);
        if (pair[0].Key == record.PartitionKey)
            return pair[0].Place;
        if (pair[1].Key == record.PartitionKey)
            return pair[1].Place;
        pair[1] = pair[0];
        pair[0] = (record.PartitionKey, PlaceOf(HashOf(record.PartitionKey)));
        return pair[0].Place;
    }

    public string ShardOf(in ProducerItem record) => _ids.Length == 0 ? "" : _ids[PlaceOf(record)];

    /// <summary>Learns from an answer where a record really went.</summary>
    public void Observe(in ProducerItem record, string shardId) => _isStale |= ShardOf(record) != shardId;

    private int PlaceOf(UInt128 hashKey)
    {
        var found = Array.BinarySearch(_starts, hashKey);
        return Math.Max(found >= 0 ? found : ~found - 1, 0);
    }

    private static UInt128 HashOf(string partitionKey)
    {
        // A partition key has at most 256 characters; a longer one the service refuses.
        Span<byte> utf8 = stackalloc byte[1024];
        return Encoding.UTF8.TryGetBytes(partitionKey, utf8, out var length)
            ? PartitionKeyHash.Of(utf8[..length])
            : PartitionKeyHash.Of(Encoding.UTF8.GetBytes(partitionKey));
    }
}
