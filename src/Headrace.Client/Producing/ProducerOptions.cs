namespace Headrace.Client;

/// <summary>How a producer gathers records into PutRecords calls.</summary>
public sealed record ProducerOptions
{
    /// <summary>At most 500, the API's limit.</summary>
    public int MaxBatchRecords { get; init; } = 500;

    /// <summary>
    /// Data and partition keys of one call, in bytes. What is this small stays in the processor's cache on its way through the producer and a server on the
    /// same machine; where calls take long and processors are idle, more is faster.
    /// </summary>
    public int MaxBatchBytes { get; init; } = 512 * 1024;

    /// <summary>How long a record may wait for company. Only the first record of a batch waits; a full batch leaves at once.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Calls under way at once.</summary>
    public int MaxInFlight { get; init; } = 4;

    /// <summary>Bytes of unacknowledged records, with what the producer keeps of each besides, at which enqueuing starts to wait.</summary>
    public long MaxBufferedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long throttling, failures and an unreachable server are ridden out before a record fails.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Packs records into aggregates as the Kinesis Producer Library does: many small records then cost as few as large ones do. Whoever
    /// reads them has to take them apart, as the Kinesis Client Library, Firehose and <see cref="ConsumerOptions.Deaggregate"/> do.
    /// </summary>
    public bool Aggregate { get; init; }

    /// <summary>Bytes of an aggregate at most; the Kinesis Producer Library's default. A larger record is put as it is.</summary>
    public int MaxAggregateBytes { get; init; } = 51_200;

    /// <summary>
    /// What the producer puts into one shard in a second, so that the service need not throttle it; null stands for <see cref="ShardRate.Aws"/> where the
    /// real service answers and for <see cref="ShardRate.Unlimited"/> elsewhere. Producers of several programs each have it.
    /// </summary>
    public ShardRate? ShardRate { get; init; }

    /// <summary>
    /// Names the producer, which then numbers its records: a Headrace server takes each number once, over crashes of either side
    /// (docs/idempotent-producer.md). Such a producer has one call under way at a time, and once a record has failed, all behind it fail.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// Called with each record that was posted (<see cref="Producer.PostAsync(PutRecordsEntry, CancellationToken)"/>) and could not be written, and why,
    /// in no particular thread, though before the flush that tells of it ends.
    /// </summary>
    public Action<PutRecordsEntry, Exception>? OnLost { get; init; }
}
