using System.Threading.Channels;

namespace Headrace.Client;

/// <summary>Reads one shard from where it was told to its end, page by page.</summary>
internal sealed class ShardReading(
    KinesisClient client, string stream, ShardDescription shard, ShardStart from, ConsumerOptions options, OutageRetry retry)
{
    private readonly PageUnpacking _unpacking = new(shard.ShardId, options.Deaggregate, from.Handled);
    private readonly ShardPolling _polling = new(client, stream, shard.ShardId, options.MaxRecordsPerCall, retry);

    /// <summary>True when the shard is closed and wholly read; false when reading stopped at an open shard's tip.</summary>
    public async Task<bool> RunAsync(ChannelWriter<IReadOnlyList<ConsumedRecord>> pages, CancellationToken cancellationToken)
    {
        await foreach (var page in _polling.ReadAsync(from.Position, cancellationToken))
        {
            if (page.Records.Count > 0)
                await pages.WriteAsync(_unpacking.Unpack(page.Records, page.MillisBehindLatest), cancellationToken);
            // A closed shard's end is told by the missing iterator, not by the distance to the tip.
            if (page.NextShardIterator is not null && page.MillisBehindLatest == 0 && !options.Follow && shard.EndingSequenceNumber is null)
                return false;
        }
        return true;
    }
}
