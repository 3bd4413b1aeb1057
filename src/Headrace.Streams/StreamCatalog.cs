using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Headrace.ControlPlane;
using Headrace.ShardLog;
using Headrace.Streams.Consumers;
using Headrace.Streams.Iterators;
using Headrace.Streams.Limits;
using Headrace.Streams.Producers;
using Headrace.Streams.Resources;
using Headrace.Streams.Subscriptions;
using Microsoft.Extensions.Logging;

namespace Headrace.Streams;

/// <summary>
/// All data streams of all accounts and regions: finds them, and owns every change to them (one partial file per kind of
/// change). Thread-safe; one owner disposes it, which closes the logs.
/// </summary>
public sealed partial class StreamCatalog : IAsyncDisposable
{
    private readonly StreamsOptions _options;
    private readonly StreamTables _tables;
    private readonly ConsumerTables _consumers;
    private readonly PolicyTables _policies;
    private readonly ProducerTables _producers;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<(AccountScope Scope, string Name), DataStream> _byName = new();
    private readonly ConcurrentDictionary<long, DataStream> _byId = new();

    /// <summary>Held by whatever changes streams or shards: the control plane's changes go one at a time.</summary>
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<Task, byte> _background = new();

    private StreamCatalog(StreamsOptions options, CatalogTables tables, Seal seal, ILogger log)
    {
        _options = options;
        _tables = tables.Streams;
        _consumers = tables.Consumers;
        _policies = tables.Policies;
        _monitoring = tables.Monitoring;
        _settings = tables.Settings;
        _accounts = tables.Accounts;
        _producers = tables.Producers;
        Seal = seal;
        _log = log;
        _subscriptions = new SubscriptionBook(options.Time);
        _limits = options.EnforceLimits ? new ServiceLimits(options.Time) : null;
    }

    /// <summary>Says why a stream can't be deleted, where somebody needs it; null where nobody does. Set before streams are used.</summary>
    public Func<DataStream, string?> Hindrance { get; set; } = static _ => null;

    internal Seal Seal { get; }

    internal TimeProvider Time => _options.Time;

    /// <summary>Opens every stream of the data directory, recovering the logs; unfinished creations and deletions are finished.</summary>
    public static async Task<StreamCatalog> OpenAsync(StreamsOptions options, ControlDatabase database, ILogger log, CancellationToken cancellation = default)
    {
        var tables = new CatalogTables(database);
        options.Disk.CreateDirectory(options.Directory);
        var catalog = new StreamCatalog(options, tables, new Seal(tables.Streams.SealingKey(() => RandomNumberGenerator.GetBytes(32))), log);
        try
        {
            catalog.Load(cancellation);
            catalog.LoadConsumers();
            catalog.LoadMonitoring();
            catalog.LoadSettings();
            catalog.LoadPolicies();
        }
        catch
        {
            await catalog.DisposeAsync();
            throw;
        }
        catalog.Track(catalog.KeepRetentionAsync());
        return catalog;
    }

    /// <summary>All streams of all accounts and regions, in any state.</summary>
    public IEnumerable<DataStream> All => _byId.Values;

    /// <summary>The stream of that name in any state; null when there is none.</summary>
    public DataStream? Find(AccountScope scope, string name) => _byName.GetValueOrDefault((scope, name));

    /// <summary>The stream of that name in any state.</summary>
    /// <exception cref="StreamsException">ResourceNotFound.</exception>
    public DataStream Get(AccountScope scope, string name) => Find(scope, name) ?? throw NotFound(scope, name);

    /// <summary>The stream of that name, provided that records go in and out of it.</summary>
    /// <exception cref="StreamsException">ResourceNotFound: there is none, or it is not there yet or no more.</exception>
    public DataStream GetServing(AccountScope scope, string name) => Find(scope, name) is { IsServing: true } stream ? stream : throw NotFound(scope, name);

    /// <summary>Streams of an account and region in the order of their names.</summary>
    public IReadOnlyList<DataStream> List(AccountScope scope) =>
        [.. _byId.Values.Where(stream => stream.Scope == scope).OrderBy(stream => stream.Name, StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        EndSubscriptions();
        await _closing.CancelAsync();
        await Task.WhenAll(_background.Keys);
        foreach (var stream in _byId.Values)
            await stream.Log.DisposeAsync();
        _changing.Dispose();
        _closing.Dispose();
    }

    /// <summary>The stream of that number in any state; null when it has gone.</summary>
    public DataStream? FindById(long id) => _byId.GetValueOrDefault(id);

    internal static StreamsException NotFound(AccountScope scope, string name) =>
        new(StreamsFault.ResourceNotFound, $"Stream {name} under account {scope.AccountId} not found.");

    private void Load(CancellationToken cancellation)
    {
        var shards = _tables.LoadShards();
        foreach (var row in _tables.LoadStreams())
        {
            cancellation.ThrowIfCancellationRequested();
            if (row.Status == StreamStatus.Deleting)
            {
                _options.Disk.DeleteDirectory(DirectoryOf(row.Id));
                _tables.Delete(row.Id);
                continue;
            }
            var stream = new DataStream(row.Id, row.Scope, row.Name, row.Mode, row.CreatedAt, new ShardMap(shards[row.Id]), OpenLog(row.Id, row.Name), Time, _producers)
            {
                Status = StreamStatus.Active,
                RetentionHours = row.RetentionHours,
                MaxRecordBytes = row.MaxRecordBytes,
                Shares = _limits?.NewShares(),
            };
            if (row.Status != StreamStatus.Active)
                _tables.SaveStatus(row.Id, StreamStatus.Active);
            _byId[row.Id] = stream;
            _byName[(row.Scope, row.Name)] = stream;
        }
    }

    private IShardLog OpenLog(long streamId, string name)
    {
        var log = SegmentedLog.Open(
            new LogOptions
            {
                Directory = DirectoryOf(streamId),
                Durability = _options.Durability,
                Memory = _options.LogMemory,
                Disk = _options.Disk,
                Time = _options.Time,
            },
            out var report);
        if (report.DroppedBytes > 0)
            _log.LogWarning("Stream {Stream}: dropped {Bytes} bytes that were never acknowledged from the end of its log: {Reason}", name, report.DroppedBytes, report.Reason);
        return log;
    }

    private string DirectoryOf(long streamId) => Path.Combine(_options.Directory, streamId.ToString("D10", CultureInfo.InvariantCulture));

    private async Task<T> ChangeAsync<T>(Func<Task<T>> change, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            return await change();
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Lets a state pass by itself after the configured delay.</summary>
    private void AfterStateDelay(Func<Task> next) => Track(Task.Run(async () =>
    {
        try
        {
            await Task.Delay(_options.StateDelay, _options.Time, _closing.Token);
            await next();
        }
        catch (OperationCanceledException)
        {
            // Closing: the next start finishes it.
        }
        catch (Exception failure)
        {
            _log.LogError(failure, "A stream's state could not be changed; a restart finishes it");
        }
    }));

    private void Track(Task task)
    {
        _background[task] = 0;
        _ = task.ContinueWith(done => _background.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
