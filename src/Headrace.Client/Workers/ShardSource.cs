using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Headrace.Client;

/// <summary>A shard's pages: pushed where there is a registered consumer, and polled from where pushing came to where it fails for good.</summary>
internal sealed class ShardSource(KinesisClient client, string stream, string shardId, string? consumerArn, int maxRecords, OutageRetry retry, ILogger log)
{
    /// <summary>Ends behind the last page of a closed shard.</summary>
    public async IAsyncEnumerable<ShardPage> ReadAsync(StartingPosition from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (consumerArn is not null)
        {
            var pushing = new ShardPushing(client, consumerArn, shardId, from);
            await using var events = pushing.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(events) is var (hasMore, isOffered) && isOffered)
            {
                if (!hasMore)
                    yield break;
                yield return new ShardPage(events.Current.Records, events.Current.MillisBehindLatest, events.Current.ContinuationSequenceNumber is null);
            }
            from = pushing.Resume;
        }
        await foreach (var page in new ShardPolling(client, stream, shardId, maxRecords, retry).ReadAsync(from, cancellationToken))
            yield return new ShardPage(page.Records, page.MillisBehindLatest, page.NextShardIterator is null);
    }

    private async Task<(bool HasMore, bool IsOffered)> NextAsync(IAsyncEnumerator<SubscribeToShardEvent> events)
    {
        try
        {
            return (await events.MoveNextAsync(), true);
        }
        catch (KinesisException refused)
        {
            WorkerLog.PushFailed(log, shardId, refused.ErrorType, refused.Message);
            return (false, false);
        }
    }
}
