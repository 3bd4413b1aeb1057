namespace Headrace.Streams;

/// <summary>The service's fixed numbers.</summary>
public static class StreamLimits
{
    public const int MinRetentionHours = 24;
    public const int MaxRetentionHours = 8760;
    public const int DefaultRecordBytes = 1024 * 1024;
    public const int MaxPutRecords = 500;
    public const int MaxPutRecordsBytes = 10 * 1024 * 1024;
    public const int MaxGetRecords = 10_000;
    public const int MaxGetRecordsBytes = 10 * 1024 * 1024;
    public const int OnDemandShards = 4;
    public const int MaxWarmThroughputMiBps = 10 * 1024;
    public const int MaxTags = 50;
    public const int MaxConsumers = 20;
    public const int MaxCreatingConsumers = 5;
    public const int MaxPassingStreams = 5;
    public const int MaxOnDemandStreams = 50;

    /// <summary>Numbering producers that a stream knows; a further one is refused, for none may be forgotten too early.</summary>
    public const int MaxProducers = 10_000;

    /// <summary>Bytes of keys and data in one event of a subscription, unless its first record is larger.</summary>
    public const int MaxEventBytes = 1024 * 1024;

    /// <summary>Bytes of keys and data that a subscription pushes in a second where limits are enforced.</summary>
    public const int PushBytesPerSecond = 2 * 1024 * 1024;

    public static readonly TimeSpan IteratorLife = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan NextTokenLife = TimeSpan.FromMinutes(5);

    /// <summary>A numbering producer is known for so long after its last put, and at least as long as records are.</summary>
    public static readonly TimeSpan ProducerLife = TimeSpan.FromDays(7);

    public static readonly TimeSpan SubscriptionLife = TimeSpan.FromMinutes(5);

    /// <summary>A new subscription may take over so long after the last one began.</summary>
    public static readonly TimeSpan SubscriptionTakeover = TimeSpan.FromSeconds(5);

    /// <summary>A client gets so long to take the last events of a subscription that has ended.</summary>
    public static readonly TimeSpan SubscriptionGrace = TimeSpan.FromSeconds(5);

    /// <summary>A subscription without news pushes an empty event so often.</summary>
    public static readonly TimeSpan SubscriptionHeartbeat = TimeSpan.FromSeconds(5);
}
