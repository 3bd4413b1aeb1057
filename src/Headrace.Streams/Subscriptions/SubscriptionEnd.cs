namespace Headrace.Streams.Subscriptions;

/// <summary>Why a subscription pushes no more.</summary>
public enum SubscriptionEnd
{
    /// <summary>Its five minutes are over.</summary>
    LifeOver,

    /// <summary>The shard is closed and all its records were pushed.</summary>
    ShardEnd,

    /// <summary>The consumer has subscribed to the shard anew.</summary>
    TakenOver,

    /// <summary>The consumer or its stream is being deleted.</summary>
    ConsumerGone,

    /// <summary>The server stops.</summary>
    Stopping,
}
