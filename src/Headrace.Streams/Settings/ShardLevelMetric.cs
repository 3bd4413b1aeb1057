namespace Headrace.Streams.Settings;

/// <summary>What enhanced monitoring can count for each shard, by AWS's names.</summary>
public enum ShardLevelMetric
{
    IncomingBytes,
    IncomingRecords,
    OutgoingBytes,
    OutgoingRecords,
    WriteProvisionedThroughputExceeded,
    ReadProvisionedThroughputExceeded,
    IteratorAgeMilliseconds,
}
