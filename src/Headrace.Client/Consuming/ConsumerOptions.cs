namespace Headrace.Client;

/// <summary>What a consumer reads and how.</summary>
public sealed record ConsumerOptions
{
    /// <summary>Where shards without a checkpoint start. Children of a shard that was read start at their own beginning.</summary>
    public StartingPosition From { get; init; } = StartingPosition.TrimHorizon;

    /// <summary>Reads this shard only; null reads all.</summary>
    public string? ShardId { get; init; }

    /// <summary>Where earlier progress is found; the consumer only loads, saving is up to whoever handled the records.</summary>
    public ICheckpointStore? Checkpoints { get; init; }

    /// <summary>Waits for records to come; otherwise reading ends once every shard was read to its tip.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>1 to 10,000.</summary>
    public int MaxRecordsPerCall { get; init; } = 10_000;

    /// <summary>
    /// Takes aggregates of the Kinesis Producer Library, and of <see cref="ProducerOptions.Aggregate"/>, apart. Then save each record's
    /// <see cref="ConsumedRecord.Checkpoint"/>, not its sequence number: it is right inside of an aggregate too.
    /// </summary>
    public bool Deaggregate { get; init; }
}
