namespace Headrace.Streams.Limits;

/// <summary>How often an operation may be called.</summary>
/// <param name="PerSecond">Calls in a second.</param>
/// <param name="OfEachStream">Whether each stream has such a share; otherwise an account has one for all, in each region.</param>
internal readonly record struct CallRate(int PerSecond, bool OfEachStream)
{
    private const int PlentyPerSecond = 1000;

    private static readonly Dictionary<string, CallRate> Known = new(StringComparer.Ordinal)
    {
        ["AddTagsToStream"] = Account(5),
        ["CreateChannel"] = Account(5),
        ["CreateStream"] = Account(5),
        ["DecreaseStreamRetentionPeriod"] = Stream(5),
        ["DeleteChannel"] = Account(5),
        ["DeleteResourcePolicy"] = Account(5),
        ["DeleteStream"] = Account(5),
        ["DeregisterStreamConsumer"] = Account(5),
        ["DescribeAccountSettings"] = Account(5),
        ["DescribeChannel"] = Account(5),
        ["DescribeLimits"] = Account(1),
        ["DescribeStream"] = Account(10),
        ["DescribeStreamConsumer"] = Stream(20),
        ["DescribeStreamSummary"] = Account(20),
        ["DisableEnhancedMonitoring"] = Stream(5),
        ["EnableEnhancedMonitoring"] = Stream(5),
        ["GetResourcePolicy"] = Account(5),
        ["IncreaseStreamRetentionPeriod"] = Stream(5),
        ["ListChannels"] = Account(5),
        ["ListShards"] = Stream(PlentyPerSecond),
        ["ListStreamConsumers"] = Stream(5),
        ["ListStreams"] = Account(5),
        ["ListTagsForResource"] = Stream(5),
        ["ListTagsForStream"] = Stream(5),
        ["MergeShards"] = Stream(5),
        ["PutResourcePolicy"] = Account(5),
        ["RegisterStreamConsumer"] = Account(5),
        ["RemoveTagsFromStream"] = Stream(5),
        ["SplitShard"] = Stream(5),
        ["StartStreamEncryption"] = Stream(5),
        ["StopStreamEncryption"] = Stream(5),
        ["TagResource"] = Stream(5),
        ["UntagResource"] = Stream(5),
        ["UpdateAccountSettings"] = Account(5),
        ["UpdateChannel"] = Account(5),
        ["UpdateMaxRecordSize"] = Stream(5),
        ["UpdateShardCount"] = Stream(10),
        ["UpdateStreamMode"] = Stream(5),
        ["UpdateStreamRecordDistributionStrategy"] = Stream(5),
        ["UpdateStreamWarmThroughput"] = Stream(5),
    };

    /// <summary>An operation's rate; null for those that are limited by the shard.</summary>
    public static CallRate? Of(string operation) => Known.TryGetValue(operation, out var rate) ? rate : null;

    private static CallRate Account(int perSecond) => new(perSecond, OfEachStream: false);

    private static CallRate Stream(int perSecond) => new(perSecond, OfEachStream: true);
}
