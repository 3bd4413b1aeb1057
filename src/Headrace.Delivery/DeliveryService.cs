using System.Collections.Concurrent;
using Headrace.Buckets;
using Headrace.ControlPlane;
using Headrace.Delivery.Catalog;
using Headrace.Delivery.Compaction;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.ErrorLogs;
using Headrace.ShardLog;
using Headrace.Streams;
using Microsoft.Extensions.Logging;

namespace Headrace.Delivery;

/// <summary>All delivery streams of all accounts and regions. Thread-safe.</summary>
public sealed partial class DeliveryService : IAsyncDisposable
{
    private readonly DeliveryOptions _options;
    private readonly ControlDatabase _database;
    private readonly DeliveryTables _tables;
    private readonly StreamCatalog _streams;
    private readonly ObjectStores _stores;
    private readonly ILogger _log;
    private readonly BufferMemory _memory;
    private readonly Compactor? _compactor;
    private readonly ConcurrentDictionary<(AccountScope Scope, string Name), DeliveryStream> _deliveryStreams = new();
    private readonly ConcurrentDictionary<long, Task> _deletions = new();
    private readonly SemaphoreSlim _changing = new(1);
    private readonly CancellationTokenSource _stop = new();

    // Each call has a patience of its own; an address may come to mean another machine.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };

    private DeliveryService(DeliveryOptions options, ControlDatabase database, StreamCatalog streams, IObjectStore store, ILogger log)
    {
        _options = options;
        _database = database;
        _streams = streams;
        _stores = new ObjectStores(store, options.Stores);
        _log = log;
        _memory = new BufferMemory(options.BufferMemoryBytes);
        _tables = new DeliveryTables(database);
        Catalog = new TableCatalog(database, options.Time);
        Logs = new DeliveryLogs(database, options.Time, () => All);
        // Only there one object can take the place of others in one step.
        if (store is OwnBuckets own)
            _compactor = new Compactor(new CompactionTables(database), new ObjectMerge(own.Store, (stream, plan) => PlansOf(stream).Get(plan)), Logs, options.Time, log);
    }

    /// <summary>The tables that records are converted by.</summary>
    public TableCatalog Catalog { get; }

    /// <summary>What went wrong.</summary>
    public DeliveryLogs Logs { get; }

    /// <summary>All delivery streams of all accounts and regions, in any state.</summary>
    public IEnumerable<DeliveryStream> All => _deliveryStreams.Values;

    /// <summary>Opens all delivery streams and goes on with their delivery where it stopped.</summary>
    public static Task<DeliveryService> OpenAsync(DeliveryOptions options, ControlDatabase database, StreamCatalog streams, BucketStore buckets, ILogger log, CancellationToken cancellation = default) =>
        OpenAsync(options, database, streams, new OwnBuckets(buckets), log, cancellation);

    internal static async Task<DeliveryService> OpenAsync(DeliveryOptions options, ControlDatabase database, StreamCatalog streams, IObjectStore store, ILogger log, CancellationToken cancellation = default)
    {
        options.Disk.CreateDirectory(options.Directory);
        var service = new DeliveryService(options, database, streams, store, log);
        try
        {
            streams.Hindrance = service.HindranceToDelete;
            foreach (var stored in service._tables.LoadAll())
            {
                cancellation.ThrowIfCancellationRequested();
                var stream = service.Describe(stored);
                if (stored.IsDeleting)
                {
                    service.Erase(stream);
                    continue;
                }
                service.ResumeCompaction(stream);
                service.Run(stream);
            }
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates a delivery stream, which is CREATING for a moment. One that reads a data stream starts at its end.</summary>
    /// <exception cref="DeliveryException">InvalidArgument, ResourceInUse, LimitExceeded or Unavailable.</exception>
    public async Task<DeliveryStream> CreateAsync(AccountScope scope, DeliveryStreamDefinition definition, CancellationToken cancellation = default)
    {
        definition.Validate(scope.Region);
        DestinationRules.CheckFunctions(definition.Destination, _options.LambdaEndpoint is not null);
        _stores.Check(definition.Destination);
        DestinationRules.CheckPrograms(definition.Destination, _options.Programs.Keys);
        var compaction = CheckedCompaction(definition.Tags, definition.Destination);
        await _changing.WaitAsync(cancellation);
        try
        {
            if (_deliveryStreams.ContainsKey((scope, definition.Name)))
                throw new DeliveryException(DeliveryFault.ResourceInUse, AlreadyExists(scope, definition));
            if (definition.Type != DeliveryStreamType.Channel && _deliveryStreams.Values.Count(stream => stream.Scope == scope && stream.Type != DeliveryStreamType.Channel) >= DeliveryLimits.MaxDeliveryStreams)
                throw new DeliveryException(DeliveryFault.LimitExceeded, $"You have already consumed your firehose quota of {DeliveryLimits.MaxDeliveryStreams} hoses. Retry after deleting existing hoses.");
            var createdAt = _options.Time.GetUtcNow();
            var (sourceId, positions) = StartOf(definition);
            var id = _tables.Insert(scope, definition, createdAt, sourceId, positions);
            var stream = Describe(new StoredDeliveryStream(id, scope, definition, createdAt, IsDeleting: false, Version: 1, UpdatedAt: null));
            stream.Compaction = compaction;
            try
            {
                Run(stream);
            }
            catch (IOException failure)
            {
                Erase(stream);
                throw new DeliveryException(DeliveryFault.Unavailable, $"The delivery stream could not be created: {failure.Message}", failure);
            }
            return stream;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <exception cref="DeliveryException">ResourceNotFound.</exception>
    public DeliveryStream Get(AccountScope scope, string name) =>
        _deliveryStreams.TryGetValue((scope, name), out var stream)
            ? stream
            : throw NotFound(scope, name);

    /// <summary>Names in ordinal order.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="type">Only those of a type; null for all.</param>
    /// <param name="after">Only names that follow this one; null for all.</param>
    /// <param name="limit">At most so many.</param>
    public DeliveryStreamPage List(AccountScope scope, DeliveryStreamType? type, string? after, int limit)
    {
        var names = _deliveryStreams.Values
            .Where(stream => stream.Scope == scope && (type is null ? stream.Type != DeliveryStreamType.Channel : stream.Type == type))
            .Select(stream => stream.Name)
            .Where(name => after is null || string.CompareOrdinal(name, after) > 0)
            .Order(StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        return new DeliveryStreamPage(names.Take(limit).ToList(), names.Count > limit);
    }

    /// <summary>Stops delivery at once and deletes the stream with what it had not delivered; it is DELETING for a moment.</summary>
    /// <exception cref="DeliveryException">ResourceNotFound; ResourceInUse while it is being created.</exception>
    public async Task DeleteAsync(AccountScope scope, string name, CancellationToken cancellation = default)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            var stream = Get(scope, name);
            if (stream.Status == DeliveryStreamStatus.Creating)
                throw new DeliveryException(DeliveryFault.ResourceInUse, $"Firehose {name} under accountId {scope.AccountId} is being created and can't be deleted yet.");
            if (stream.Status == DeliveryStreamStatus.Deleting)
                return;
            _tables.MarkDeleting(stream.Id);
            stream.MarkDeleting();
            _deletions[stream.Id] = FinishDeletionAsync(stream);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Takes records (of shard 0) into a DirectPut delivery stream; completes when they are durable. The batch then knows their positions.</summary>
    /// <param name="scope">Whose and where.</param>
    /// <param name="name">The delivery stream.</param>
    /// <param name="batch">The records.</param>
    /// <param name="single">Whether the call is PutRecord, not PutRecordBatch.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DeliveryException">ResourceNotFound, InvalidArgument or Unavailable.</exception>
    public async ValueTask<DeliveryStream> PutAsync(AccountScope scope, string name, RecordBatch batch, bool single = false, CancellationToken cancellation = default)
    {
        var stream = Get(scope, name);
        if (stream.Type == DeliveryStreamType.KinesisStreamAsSource)
            throw DeliveryException.InvalidArgument("This operation is not permitted on KinesisStreamAsSource delivery stream type.");
        if (stream.Status != DeliveryStreamStatus.Active || stream.DirectPutLog is not { } log)
            throw new DeliveryException(DeliveryFault.ResourceNotFound, $"Firehose {name} is not active in {scope.AccountId} account.");
        var begun = stream.Traffic.Begin();
        var counts = single ? stream.Traffic.PutRecord : stream.Traffic.PutRecordBatch;
        try
        {
            await log.AppendAsync(batch, cancellation);
            counts.Succeed(stream.Traffic.Since(begun), batch.Count, batch.RecordBytes);
        }
        catch (Exception failure) when (failure is LogUnavailableException or ObjectDisposedException)
        {
            counts.Fail(stream.Traffic.Since(begun));
            throw new DeliveryException(DeliveryFault.Unavailable, $"The records could not be stored: {failure.Message}", failure);
        }
        return stream;
    }

    private static DeliveryException NotFound(AccountScope scope, string name) => new(DeliveryFault.ResourceNotFound, $"Firehose {name} under account {scope.AccountId} not found.");

    /// <summary>Stops delivery; what is buffered stays durable and is delivered after the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_deletions.Values);
        if (_compactor is not null)
            await _compactor.DisposeAsync();
        await Parallel.ForEachAsync(_deliveryStreams.Values, async (stream, _) => await StopAsync(stream));
        _deliveryStreams.Clear();
        _changing.Dispose();
        _stop.Dispose();
        _http.Dispose();
    }
}
