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
    private (UInt128 Start, string ShardId)[] _open = [];
    private bool _isStale = true;

    /// <summary>Asks for the shards unless they are known.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (!_isStale)
            return;
        var shards = await client.ListShardsAsync(stream, cancellationToken);
        _open = [.. shards.Where(shard => shard.EndingSequenceNumber is null)
            .Select(shard => (UInt128.Parse(shard.StartingHashKey, CultureInfo.InvariantCulture), shard.ShardId))
            .OrderBy(shard => shard.Item1)];
        _isStale = false;
    }

    public string ShardOf(PutRecordsEntry record)
    {
        var hashKey = record.ExplicitHashKey is { } text && PartitionKeyHash.TryParse(text, out var given) ? given : HashOf(record.PartitionKey);
        var at = _open.Length - 1;
        while (at > 0 && _open[at].Start > hashKey)
            at--;
        return at < 0 ? "" : _open[at].ShardId;
    }

    /// <summary>Learns from an answer where a record really went.</summary>
    public void Observe(PutRecordsEntry record, string shardId) => _isStale |= ShardOf(record) != shardId;

    private static UInt128 HashOf(string partitionKey)
    {
        // A partition key has at most 256 characters; a longer one the service refuses.
        Span<byte> utf8 = stackalloc byte[1024];
        return Encoding.UTF8.TryGetBytes(partitionKey, utf8, out var length)
            ? PartitionKeyHash.Of(utf8[..length])
            : PartitionKeyHash.Of(Encoding.UTF8.GetBytes(partitionKey));
    }
}
