using Microsoft.Extensions.Logging;

namespace Headrace.Client;

/// <summary>How a worker takes its part in a group.</summary>
public sealed record WorkerOptions
{
    /// <summary>The worker's name in the leases; unique among those that run. Null: one is made up from the machine's name.</summary>
    public string? WorkerId { get; init; }

    /// <summary>
    /// The group's name, under which the worker registers a consumer to have records pushed to. Null: the records are polled.
    /// </summary>
    public string? ConsumerName { get; init; }

    /// <summary>
    /// Where a group that begins reads: <see cref="StartingPosition.TrimHorizon"/>, <see cref="StartingPosition.Latest"/> or
    /// <see cref="StartingPosition.AtTimestamp"/>. The children of shards that it has read start at their own beginning.
    /// </summary>
    public StartingPosition From { get; init; } = StartingPosition.TrimHorizon;

    /// <summary>Push or poll.</summary>
    public RetrievalMode Retrieval { get; init; }

    /// <summary>For so long a worker may be silent before the others take its shards; the same for all of a group.</summary>
    public TimeSpan FailoverTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often a worker renews its leases and looks at the others'; null: three times within the failover time. More often, shards change hands
    /// sooner.
    /// </summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>For so long a worker that is asked for a shard may go on with what it has read of it, before it is taken without asking.</summary>
    public TimeSpan HandoverTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For so long a processor may go on with its batch when the worker stops; then its call is cancelled.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the stream's shards are compared with the leases; a shard's end is looked into at once. So long, leases of
    /// shards that are done with are kept.</summary>
    public TimeSpan ShardSyncInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>1 to 10,000; polling's.</summary>
    public int MaxRecordsPerCall { get; init; } = 10_000;

    /// <summary>Bytes of data that are read ahead of all processors together; one page more for each shard.</summary>
    public long PrefetchBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Takes aggregates apart, and checkpoints inside of them.</summary>
    public bool Deaggregate { get; init; } = true;

    /// <summary>Waits for records to come; otherwise the worker ends once every shard was read to its tip, by itself or by others.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>Told of shards that come and go, and of what goes wrong and is tried again.</summary>
    public ILogger? Logger { get; init; }

    internal TimeSpan Heartbeat => HeartbeatInterval ?? FailoverTime / 3;
}
