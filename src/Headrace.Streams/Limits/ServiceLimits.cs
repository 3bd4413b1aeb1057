using Headrace.ControlPlane;
using Headrace.Streams.Consumers;

namespace Headrace.Streams.Limits;

/// <summary>What AWS lets an account, a stream, a shard and a consumer do. There is one of these where limits are enforced.</summary>
internal sealed class ServiceLimits(TimeProvider time)
{
    private readonly CallBook<(string Operation, AccountScope Scope, string? Stream)> _calls = new(time);
    private readonly CallBook<(long ConsumerId, int Shard)> _subscriptions = new(time);

    /// <summary>Guarded by the catalog's lock for changes.</summary>
    public DailyQuota Daily { get; } = new(time);

    public StreamShares NewShares() => new(time);

    /// <summary>Counts a call of an operation that is limited by the second.</summary>
    /// <exception cref="StreamsException">LimitExceeded.</exception>
    public void Call(string operation, AccountScope scope, string? streamName)
    {
        if (CallRate.Of(operation) is not { } rate || _calls.TryCall((operation, scope, rate.OfEachStream ? streamName : null), rate.PerSecond))
            return;
        throw new StreamsException(StreamsFault.LimitExceeded, streamName is null ? RateExceeded.Of(scope) : RateExceeded.Of(scope, streamName));
    }

    /// <summary>Counts an attempt to subscribe: one a second for each consumer and shard.</summary>
    /// <exception cref="StreamsException">LimitExceeded.</exception>
    public void Subscribe(StreamConsumer consumer, Shard shard)
    {
        if (!_subscriptions.TryCall((consumer.Id, shard.Index), perSecond: 1))
            throw new StreamsException(StreamsFault.LimitExceeded, RateExceeded.Of(consumer.Stream, shard));
    }
}
