namespace Headrace.Streams.Settings;

/// <summary>How a stream's records come to their shards.</summary>
public enum RecordDistribution
{
    /// <summary>By the hash of the partition key, or the explicit hash key.</summary>
    UserPartitionKey,

    /// <summary>Evenly over all shards, whatever the keys; a record may have none.</summary>
    Auto,
}
