using Microsoft.Extensions.Logging;

namespace Headrace.Client;

/// <summary>What all shards of one worker share.</summary>
internal sealed class WorkerContext(KinesisClient client, string stream, string? consumerArn, ShardSync sync, WorkerOptions options, ILogger log, Action wake)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly OutageRetry _retry = new(client.Time, TimeSpan.MaxValue);

    public string Stream { get; } = stream;

    public WorkerOptions Options { get; } = options;

    public ILogger Log { get; } = log;

    public ShardSync Sync { get; } = sync;

    public BufferGate Memory { get; } = new(options.PrefetchBytes);

    /// <summary>Has the worker look at its leases now.</summary>
    public void Wake() => wake();

    public ShardSource SourceOf(string shardId) => new(client, Stream, shardId, consumerArn, Options.MaxRecordsPerCall, _retry, Log);

    /// <summary>Gives the children of a shard that has ended their leases; while the store is out of reach it is tried again.</summary>
    public async Task<IReadOnlyList<ShardDescription>> FollowAsync(HeldLease ended, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(client.Time, FirstWait, LongestWait);
        while (true)
        {
            try
            {
                return await Sync.FollowAsync(ended.ShardId, cancellationToken);
            }
            catch (LeaseStoreException e) when (ended.IsHeld)
            {
                WorkerLog.StoreFailed(Log, e.Message);
                await backoff.WaitAsync(cancellationToken);
            }
        }
    }
}
