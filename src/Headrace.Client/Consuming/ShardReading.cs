using System.Threading.Channels;

namespace Headrace.Client;

/// <summary>Reads one shard from where it was told to its end, page by page.</summary>
internal sealed class ShardReading(
    KinesisClient client, string stream, ShardDescription shard, ShardStart from, ConsumerOptions options, OutageRetry retry)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan AwsIdle = TimeSpan.FromMilliseconds(250);

    private readonly PageUnpacking _unpacking = new(shard.ShardId, options.Deaggregate, from.Handled);
    private StartingPosition _resume = from.Position;

    /// <summary>True when the shard is closed and wholly read; false when reading stopped at an open shard's tip.</summary>
    public async Task<bool> RunAsync(ChannelWriter<IReadOnlyList<ConsumedRecord>> pages, CancellationToken cancellationToken)
    {
        var started = client.Time.GetUtcNow();
        var iterator = await IterateAsync(cancellationToken);
        // After a break, "latest" would skip what came meanwhile.
        if (_resume == StartingPosition.Latest)
            _resume = StartingPosition.AtTimestamp(started);
        while (true)
        {
            GetRecordsResult page;
            try
            {
                page = await retry.RunAsync(() => client.GetRecordsAsync(iterator, options.MaxRecordsPerCall, cancellationToken), cancellationToken);
            }
            catch (KinesisException e) when (e.ErrorType == "ExpiredIteratorException")
            {
                iterator = await IterateAsync(cancellationToken);
                continue;
            }
            if (page.Records.Count > 0)
            {
                await pages.WriteAsync(_unpacking.Unpack(page), cancellationToken);
                _resume = StartingPosition.AfterSequenceNumber(page.Records[^1].SequenceNumber);
            }
            if (page.NextShardIterator is null)
                return true;
            iterator = page.NextShardIterator;
            var atTip = page.MillisBehindLatest == 0;
            // A closed shard's end is told by the missing iterator, not by the distance to the tip.
            if (atTip && !options.Follow && shard.EndingSequenceNumber is null)
                return false;
            if (page.Records.Count == 0 && (atTip || ClientEndpoint.IsAws(client.Endpoint)))
                await Task.Delay(ClientEndpoint.IsAws(client.Endpoint) ? AwsIdle : Idle, client.Time, cancellationToken);
        }
    }

    private Task<string> IterateAsync(CancellationToken cancellationToken) =>
        retry.RunAsync(() => client.GetShardIteratorAsync(stream, shard.ShardId, _resume, cancellationToken), cancellationToken);
}
