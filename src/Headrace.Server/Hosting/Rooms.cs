using Headrace.Buckets;
using Headrace.Buckets.Lifecycle;
using Headrace.ControlPlane;
using Headrace.Delivery;
using Headrace.Files;
using Headrace.ShardLog;
using Headrace.Streams;
using Microsoft.Extensions.Logging;

namespace Headrace.Server.Hosting;

/// <summary>The domain behind the APIs: everything that one data directory holds. One owner disposes it.</summary>
internal sealed class Rooms : IAsyncDisposable
{
    private readonly DataDirectoryLock _lock;
    private readonly ControlDatabase _database;
    private readonly LifecycleWorker _lifecycle;

    private Rooms(DataDirectoryLock directoryLock, ControlDatabase database, StreamCatalog streams, BucketStore buckets, LifecycleWorker lifecycle, DeliveryService delivery)
    {
        _lifecycle = lifecycle;
        _lock = directoryLock;
        _database = database;
        Streams = streams;
        Buckets = buckets;
        Delivery = delivery;
    }

    public StreamCatalog Streams { get; }

    public BucketStore Buckets { get; }

    public DeliveryService Delivery { get; }

    public static async Task<Rooms> OpenAsync(ServerOptions options, ILoggerFactory logs, CancellationToken cancellation)
    {
        var root = Path.GetFullPath(options.DataDirectory);
        LocalDisk.Instance.CreateDirectory(root);
        var directoryLock = DataDirectoryLock.Take(root);
        var open = new Stack<IAsyncDisposable>();
        ControlDatabase? database = null;
        try
        {
            // One bound for all logs, however many there are.
            var logMemory = new LogMemory(LogMemory.DefaultBytes);
            database = ControlDatabase.Open(Path.Combine(root, "headrace.db"));
            var streams = await StreamCatalog.OpenAsync(
                new StreamsOptions
                {
                    Directory = Path.Combine(root, "streams"),
                    Durability = options.Durability,
                    LogMemory = logMemory,
                    ShardLimit = options.ShardLimit,
                    EnforceLimits = options.EnforceLimits,
                    StateDelay = options.StateDelay,
                },
                database,
                logs.CreateLogger("Headrace.Streams"),
                cancellation);
            open.Push(streams);
            var buckets = BucketStore.Open(Path.Combine(root, "buckets"), database);
            var lifecycleLog = logs.CreateLogger("Headrace.Buckets");
            var lifecycle = new LifecycleWorker(buckets, TimeProvider.System, failure => lifecycleLog.LogError(failure, "Objects could not be expired; it is tried again"));
            open.Push(lifecycle);
            var delivery = await DeliveryService.OpenAsync(
                new DeliveryOptions
                {
                    Directory = Path.Combine(root, "delivery"),
                    Durability = options.Durability,
                    LogMemory = logMemory,
                    StateDelay = options.StateDelay,
                    EnforceLimits = options.EnforceLimits,
                    LambdaEndpoint = options.LambdaEndpoint,
                    Stores = options.Stores,
                    SignInvocation = options.SignInvocation,
                    Programs = options.Programs,
                },
                database,
                streams,
                buckets,
                logs.CreateLogger("Headrace.Delivery"),
                cancellation);
            return new Rooms(directoryLock, database, streams, buckets, lifecycle, delivery);
        }
        catch
        {
            foreach (var room in open)
                await room.DisposeAsync();
            database?.Dispose();
            directoryLock.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Delivery.DisposeAsync();
        await _lifecycle.DisposeAsync();
        await Streams.DisposeAsync();
        _database.Dispose();
        _lock.Dispose();
    }
}
