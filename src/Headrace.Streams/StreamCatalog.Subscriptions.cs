using Headrace.Streams.Consumers;
using Headrace.Streams.Iterators;
using Headrace.Streams.Subscriptions;

namespace Headrace.Streams;

// Consumers' subscriptions to shards.
public sealed partial class StreamCatalog
{
    private readonly SubscriptionBook _subscriptions;

    /// <summary>Subscribes a consumer to a shard from a starting position on. The caller disposes the subscription.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="shardId">The shard of its stream.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="checkOnly">True to check everything and subscribe nobody.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when only checked.</returns>
    /// <exception cref="StreamsException">
    /// ResourceInUse: the consumer isn't active, or subscribed to the shard less than five seconds ago. ResourceNotFound: no such
    /// shard. InvalidArgument: a position that isn't the shard's. LimitExceeded.
    /// </exception>
    public async ValueTask<ShardSubscription?> SubscribeAsync(
        StreamConsumer consumer, string shardId, StartingPosition start, bool checkOnly = false, CancellationToken cancellation = default)
    {
        if (consumer.Status != ConsumerStatus.Active)
            throw consumer.NotActive();
        var shard = GetShard(consumer.Stream, shardId);
        ShardSubscription subscription;
        try
        {
            _limits?.Subscribe(consumer, shard);
            var position = await ResolveAsync(consumer.Stream, shard, start, cancellation);
            if (checkOnly)
            {
                _subscriptions.RequireFree(consumer, shard);
                return null;
            }
            subscription = _subscriptions.Take(consumer, shard, position);
        }
        catch (StreamsException refusal) when (refusal.Fault is StreamsFault.LimitExceeded or StreamsFault.ResourceInUse)
        {
            consumer.Traffic.RefuseSubscription();
            throw;
        }
        consumer.Traffic.Subscribe();
        // A deletion that came between the look at the state and the subscription did not find it.
        if (consumer.Status == ConsumerStatus.Deleting)
            subscription.Finish(SubscriptionEnd.ConsumerGone);
        return subscription;
    }

    /// <summary>Ends all subscriptions and takes no more: nobody waits for them when the server stops.</summary>
    public void EndSubscriptions() => _subscriptions.Stop();
}
