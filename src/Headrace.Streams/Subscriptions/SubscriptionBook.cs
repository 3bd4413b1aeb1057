using System.Globalization;
using Headrace.Streams.Consumers;

namespace Headrace.Streams.Subscriptions;

/// <summary>Which consumer is subscribed to which shard: once at most, and the newest subscription wins. Thread-safe.</summary>
internal sealed class SubscriptionBook(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(long ConsumerId, int Shard), Place> _places = [];
    private bool _stopped;

    /// <summary>Subscribes; a subscription that is there already ends.</summary>
    /// <exception cref="StreamsException">ResourceInUse: the last subscription began less than five seconds ago.</exception>
    /// <exception cref="ObjectDisposedException">The server stops.</exception>
    public ShardSubscription Take(StreamConsumer consumer, Shard shard, long position)
    {
        lock (_lock)
        {
            RequireFree(consumer, shard);
            var key = (consumer.Id, shard.Index);
            if (_places.TryGetValue(key, out var place))
                place.Active?.Finish(SubscriptionEnd.TakenOver);
            var subscription = new ShardSubscription(this, consumer, shard, position, time);
            _places[key] = new Place(time.GetTimestamp(), subscription);
            return subscription;
        }
    }

    /// <summary>Throws what <see cref="Take"/> would throw.</summary>
    public void RequireFree(StreamConsumer consumer, Shard shard)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_places.TryGetValue((consumer.Id, shard.Index), out var place) && time.GetElapsedTime(place.TakenAt) < StreamLimits.SubscriptionTakeover)
            {
                throw new StreamsException(
                    StreamsFault.ResourceInUse,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Another active subscription exists for this consumer: {consumer.Stream.Scope.AccountId}:{consumer.Stream.Name}:{shard.Id}:{consumer.Name}:{consumer.CreatedAt.ToUnixTimeSeconds()}"));
            }
        }
    }

    /// <summary>Forgets a subscription, but not when it began: the next one may not begin at once.</summary>
    public void Leave(ShardSubscription subscription)
    {
        lock (_lock)
        {
            var key = (subscription.Consumer.Id, subscription.Shard.Index);
            if (_places.TryGetValue(key, out var place) && place.Active == subscription)
                _places[key] = place with { Active = null };
        }
    }

    /// <summary>Ends a consumer's subscriptions and forgets it.</summary>
    public void Remove(StreamConsumer consumer)
    {
        lock (_lock)
        {
            foreach (var (key, place) in _places.Where(place => place.Key.ConsumerId == consumer.Id).ToList())
            {
                place.Active?.Finish(SubscriptionEnd.ConsumerGone);
                _places.Remove(key);
            }
        }
    }

    /// <summary>Ends all subscriptions and takes no more.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            foreach (var place in _places.Values)
                place.Active?.Finish(SubscriptionEnd.Stopping);
        }
    }

    private readonly record struct Place(long TakenAt, ShardSubscription? Active);
}
