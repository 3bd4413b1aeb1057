using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headrace.Client;

/// <summary>
/// One of a group that shares a stream's shards by leases: every shard is read by one worker at a time, from where the group had come with it. Workers may
/// come, go and die: the others take over. A key's records come in order, over splits and merges too. What was handled after a shard's last
/// checkpoint is given again when a worker dies; nothing is when it stops, or hands a shard over.
/// </summary>
public sealed class Worker
{
    private readonly KinesisClient _client;
    private readonly string _stream;
    private readonly ILeaseStore _leases;
    private readonly Func<string, IShardProcessor> _processorOf;
    private readonly WorkerOptions _options;
    private readonly LeaseCheckpoint _initial;
    private readonly ILogger _log;

    /// <summary>A worker that runs when it is told to.</summary>
    /// <param name="client">Reads the stream.</param>
    /// <param name="stream">The stream's name.</param>
    /// <param name="leases">The group's leases. The caller disposes them.</param>
    /// <param name="processorOf">Makes the processor of a shard, by the shard's id, each time that the worker takes one.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The options' starting position is none that a group can begin at.</exception>
    public Worker(KinesisClient client, string stream, ILeaseStore leases, Func<string, IShardProcessor> processorOf, WorkerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(stream);
        ArgumentNullException.ThrowIfNull(leases);
        ArgumentNullException.ThrowIfNull(processorOf);
        _options = options ?? new WorkerOptions();
        (_client, _stream, _leases, _processorOf) = (client, stream, leases, processorOf);
        _initial = _options.From.IteratorType is "TRIM_HORIZON" or "LATEST" or "AT_TIMESTAMP"
            ? new LeaseCheckpoint(_options.From.IteratorType)
            : throw new ArgumentException("a group begins at trim-horizon, latest or at-timestamp, which mean something to all shards", nameof(options));
        Id = _options.WorkerId ?? $"{Environment.MachineName}:{Guid.NewGuid():N}";
        _log = _options.Logger ?? NullLogger.Instance;
    }

    /// <summary>The worker's name in the leases.</summary>
    public string Id { get; }

    /// <summary>
    /// Takes part until it is cancelled, then has its processors checkpoint and gives its shards up: an orderly end, not an exception. Throws what a processor throws,
    /// after it has given up the other shards in order.
    /// </summary>
    /// <exception cref="LeaseStoreException">The leases are out of reach at the start; later that is waited for.</exception>
    /// <exception cref="KinesisException">The service refuses: no such stream, say.</exception>
    /// <exception cref="EndpointUnreachableException">Nobody answers at the start; later that is waited for.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _leases.InitializeAsync(cancellationToken);
            var sync = new ShardSync(_client, _stream, _leases, _initial, new OutageRetry(_client.Time, TimeSpan.MaxValue), _options.ShardSyncInterval);
            await sync.RunFirstAsync(cancellationToken);
            var consumerArn = await PushRegistration.OpenAsync(_client, _stream, _options, _log, cancellationToken);
            using var shift = new WorkerShift(Id, _leases, _processorOf, _options, _client.Time, wake => new WorkerContext(_client, _stream, consumerArn, sync, _options, _log, wake));
            await shift.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It had not begun.
        }
    }
}
