using System.Runtime.CompilerServices;

namespace Headrace.Client;

/// <summary>
/// Has a shard's records pushed on and on: after five minutes, and after a broken connection, another subscription goes on behind the last
/// event, without gap or repeat. One reader's; not thread-safe.
/// </summary>
internal sealed class ShardPushing(KinesisClient client, string consumerArn, string shardId, StartingPosition from)
{
    // A second subscription to the same shard is refused for five seconds.
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Where reading goes on behind the events so far.</summary>
    public StartingPosition Resume { get; private set; } = from;

    /// <summary>Ends with a closed shard's last event.</summary>
    /// <exception cref="KinesisException">The service refuses, and waiting does not help.</exception>
    public async IAsyncEnumerable<SubscribeToShardEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var backoff = new Backoff(client.Time, FirstWait, LongestWait);
        while (true)
        {
            var started = client.Time.GetUtcNow();
            await using var events = client.SubscribeToShardAsync(consumerArn, shardId, Resume, cancellationToken).GetAsyncEnumerator(cancellationToken);
            var isQuiet = true;
            while (await NextAsync(events) is { } pushed)
            {
                isQuiet = false;
                backoff.Reset();
                if (pushed.ContinuationSequenceNumber is { } number)
                    Resume = StartingPosition.AfterSequenceNumber(number);
                yield return pushed;
                if (pushed.ContinuationSequenceNumber is null)
                    yield break;
            }
            // After a break, "latest" would skip what came meanwhile.
            if (Resume == StartingPosition.Latest)
                Resume = StartingPosition.AtTimestamp(started);
            if (isQuiet)
                await backoff.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The next event; null: this subscription is over, and it is time for another one.</summary>
    private static async Task<SubscribeToShardEvent?> NextAsync(IAsyncEnumerator<SubscribeToShardEvent> events)
    {
        try
        {
            return await events.MoveNextAsync() ? events.Current : null;
        }
        catch (Exception e) when (e is EndpointUnreachableException || (e is KinesisException refused && IsPassing(refused)))
        {
            return null;
        }
    }

    private static bool IsPassing(KinesisException refused) => refused.IsThrottling || refused.IsTransient || refused.ErrorType == "ResourceInUseException";
}
