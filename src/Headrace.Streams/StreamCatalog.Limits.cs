using Headrace.ControlPlane;
using Headrace.Streams.Consumers;
using Headrace.Streams.Limits;

namespace Headrace.Streams;

// AWS's limits, where they are enforced.
public sealed partial class StreamCatalog
{
    private readonly ServiceLimits? _limits;

    /// <summary>Whether an operation's calls are limited by the second, rather than by the shards that they use.</summary>
    public static bool IsRated(string operation) => CallRate.Of(operation) is not null;

    /// <summary>Counts a call against its operation's rate.</summary>
    /// <param name="operation">The operation's name in the API.</param>
    /// <param name="scope">The caller's account and region.</param>
    /// <param name="streamName">The stream that the call names; null: none.</param>
    /// <exception cref="StreamsException">LimitExceeded.</exception>
    public void CountCall(string operation, AccountScope scope, string? streamName) => _limits?.Call(operation, scope, streamName);

    /// <summary>Few streams at once may be on their way into or out of being.</summary>
    private void RequireFewPassing(AccountScope scope)
    {
        if (_limits is null || _byId.Values.Count(stream => stream.Scope == scope && stream.Status is StreamStatus.Creating or StreamStatus.Deleting) < StreamLimits.MaxPassingStreams)
            return;
        throw new StreamsException(
            StreamsFault.LimitExceeded,
            $"This request would exceed the limit on the number of streams that can simultaneously be in CREATING or DELETING. Limit: {StreamLimits.MaxPassingStreams}.");
    }

    private void RequireFewOnDemand(AccountScope scope)
    {
        if (_limits is null || _byId.Values.Count(stream => stream.Scope == scope && stream.Mode == StreamMode.OnDemand) < StreamLimits.MaxOnDemandStreams)
            return;
        throw new StreamsException(
            StreamsFault.LimitExceeded,
            $"This request would exceed the on-demand stream limit for the account {scope.AccountId} in {scope.Region}. Limit: {StreamLimits.MaxOnDemandStreams}.");
    }

    private void RequireFewCreating(DataStream stream)
    {
        if (_limits is null || stream.Consumers.Count(consumer => consumer.Status == ConsumerStatus.Creating) < StreamLimits.MaxCreatingConsumers)
            return;
        throw new StreamsException(
            StreamsFault.LimitExceeded,
            $"This request would exceed the limit on the number of consumers of stream {stream.Name} under account {stream.Scope.AccountId} that can simultaneously be in CREATING. " +
            $"Limit: {StreamLimits.MaxCreatingConsumers}.");
    }

    private void CountChange(DataStream stream, DailyChange change)
    {
        if (_limits is { } limits && !limits.Daily.TryChange(stream.Id, change))
            throw new StreamsException(StreamsFault.LimitExceeded, RateExceeded.Of(stream.Scope, stream.Name));
    }

    /// <summary>Begins a read of a shard.</summary>
    private static void CountRead(DataStream stream, Shard shard)
    {
        if (stream.Shares is not { } shares || shares.Of(shard.Index).TryRead())
            return;
        stream.Traffic.CountRefusedRead(shard.Index, stream.CountsShards);
        throw new StreamsException(StreamsFault.ThroughputExceeded, RateExceeded.Of(stream, shard));
    }

    private static void CountIterator(DataStream stream, Shard shard)
    {
        if (stream.Shares is { } shares && !shares.Of(shard.Index).TryIterate())
            throw new StreamsException(StreamsFault.ThroughputExceeded, RateExceeded.Of(stream, shard));
    }
}
