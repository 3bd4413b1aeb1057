namespace Headrace.Client.Kinesis;

/// <summary>Which shards to list.</summary>
public sealed record ShardFilter
{
    /// <summary>Which shards: <c>AFTER_SHARD_ID</c>, <c>AT_TRIM_HORIZON</c>, <c>FROM_TRIM_HORIZON</c>, <c>AT_LATEST</c>, <c>AT_TIMESTAMP</c> or <c>FROM_TIMESTAMP</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The shard behind which the list begins.</summary>
    public string? ShardId { get; init; }

    /// <summary>The time of the filters that have one.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}
