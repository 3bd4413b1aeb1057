namespace Headrace.Client;

/// <summary>One run of a worker: keeps its leases, takes its share, and hands over what others ask for.</summary>
internal sealed class WorkerShift : IDisposable
{
    private const int RenewedAtOnce = 16;

    /// <summary>Nothing is looked at more often than this, however often something happens.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private readonly string _self;
    private readonly ILeaseStore _leases;
    private readonly Func<string, IShardProcessor> _processorOf;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly WorkerContext _context;
    private readonly LeaseObservation _observation;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ShardRun Run, Task Running)> _runs = new(StringComparer.Ordinal);
    private Exception? _failure;

    public WorkerShift(
        string self, ILeaseStore leases, Func<string, IShardProcessor> processorOf, WorkerOptions options, TimeProvider time, Func<Action, WorkerContext> contextOf)
    {
        (_self, _leases, _processorOf, _options, _time) = (self, leases, processorOf, options, time);
        _context = contextOf(Wake);
        _observation = new LeaseObservation(time, options.FailoverTime, options.HandoverTimeout, self);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var asked = cancellationToken.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
        using var renewing = new CancellationTokenSource();
        var keeping = KeepAsync(renewing.Token);
        var syncing = SyncAsync();
        try
        {
            await TakeAsync();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Time to stop.
        }
        finally
        {
            // The leases are kept while the processors end.
            await _stop.CancelAsync();
            await EndRunsAsync();
            await renewing.CancelAsync();
            await Task.WhenAll(keeping, syncing);
            await LeaveAsync();
        }
        if (_failure is { } failure)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    public void Dispose()
    {
        _wake.Dispose();
        _stop.Dispose();
    }

    private void Wake()
    {
        lock (_lock)
        {
            if (_wake.CurrentCount == 0)
                _wake.Release();
        }
    }

    /// <summary>Renews all leases at each heartbeat, and hands over what is asked for.</summary>
    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_options.Heartbeat, _time, cancellationToken);
                await Parallel.ForEachAsync(Runs(), new ParallelOptions { MaxDegreeOfParallelism = RenewedAtOnce, CancellationToken = cancellationToken }, RenewAsync);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nothing is left to keep.
        }
    }

    private async ValueTask RenewAsync(ShardRun run, CancellationToken cancellationToken)
    {
        try
        {
            await run.Held.RenewAsync(cancellationToken);
            if (run.Held.Current.Successor is not null)
                run.Stop();
        }
        catch (LeaseStoreException e)
        {
            WorkerLog.StoreFailed(_context.Log, e.Message);
        }
    }

    /// <summary>Takes its share of the leases until it is stopped, or all is read where there is an end.</summary>
    private async Task TakeAsync()
    {
        var wasAllRead = false;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var observed = _observation.Observe(await _leases.ListAsync(_stop.Token));
                var unheld = observed.Select(lease => Holds(lease.Lease.ShardId) && lease.Lease.Owner == _self ? lease with { IsExpired = false } : lease).ToList();
                var (take, request) = LeaseBalance.Decide(unheld, _self, Random.Shared);
                foreach (var lease in take.Where(lease => !Holds(lease.ShardId)))
                    await StartAsync(lease);
                foreach (var lease in request)
                    await _leases.RequestAsync(lease, _self, _stop.Token);
                // Seen twice: a store that is not read at one instant may show a shard's end before its children.
                var isAllRead = !_options.Follow && take.All(lease => Holds(lease.ShardId)) && IsAllRead(observed);
                if (isAllRead && wasAllRead)
                    return;
                wasAllRead = isAllRead;
            }
            catch (LeaseStoreException e)
            {
                WorkerLog.StoreFailed(_context.Log, e.Message);
            }
            await Task.Delay(Breath, _time, _stop.Token);
            if (!wasAllRead)
                await _wake.WaitAsync(_options.Heartbeat, _stop.Token);
        }
    }

    /// <summary>Whether each shard was read to its end or its tip, here or by a worker that was seen alive.</summary>
    private bool IsAllRead(IReadOnlyList<ObservedLease> observed) => observed.All(lease =>
        !lease.IsWanted || (RunOf(lease.Lease.ShardId) is { } run ? run.IsAtTip : lease.IsSeenAlive && !lease.IsFree && lease.Lease.Owner != _self));

    private async Task StartAsync(Lease seen)
    {
        var sent = _time.GetTimestamp();
        // Not cut off: a lease that was taken all the same would be nobody's until it has run out.
        if (await _leases.TakeAsync(seen, _self, CancellationToken.None) is not { } taken)
            return;
        var held = new HeldLease(_leases, taken, sent, _options.FailoverTime, _time);
        var run = new ShardRun(_context, held, _processorOf(taken.ShardId), _stop.Token);
        lock (_lock)
        {
            _runs[taken.ShardId] = (run, Task.Run(() => WatchAsync(run)));
        }
    }

    private async Task WatchAsync(ShardRun run)
    {
        try
        {
            await run.RunAsync();
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            await _stop.CancelAsync();
        }
        lock (_lock)
            _runs.Remove(run.Held.ShardId);
        Wake();
    }

    private async Task SyncAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_options.ShardSyncInterval, _time, _stop.Token);
                try
                {
                    await _context.Sync.RunAsync(_stop.Token);
                }
                catch (Exception e) when (e is LeaseStoreException or KinesisException)
                {
                    WorkerLog.StoreFailed(_context.Log, e.Message);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    /// <summary>Processors end with their batches, and are cut off where they take too long.</summary>
    private async Task EndRunsAsync()
    {
        var runs = Runs();
        foreach (var run in runs)
            run.Stop();
        var ended = Task.WhenAll(Running());
        try
        {
            await ended.WaitAsync(_options.ShutdownTimeout, _time);
        }
        catch (TimeoutException)
        {
            foreach (var run in runs)
                run.Abandon();
            await ended;
        }
    }

    /// <summary>Asks for nothing any more, and gives back what was handed over to it meanwhile: nobody is to wait for a worker that has left.</summary>
    private async Task LeaveAsync()
    {
        try
        {
            foreach (var lease in await _leases.ListAsync(CancellationToken.None))
            {
                if (lease.Owner == _self)
                    await _leases.ReleaseAsync(lease, successor: null, CancellationToken.None);
                else if (lease.RequestedBy == _self)
                    await _leases.RequestAsync(lease, lease.Owner!, CancellationToken.None);
            }
        }
        catch (LeaseStoreException e)
        {
            // They run out by themselves.
            WorkerLog.StoreFailed(_context.Log, e.Message);
        }
    }

    private bool Holds(string shardId) => RunOf(shardId) is not null;

    private ShardRun? RunOf(string shardId)
    {
        lock (_lock)
            return _runs.TryGetValue(shardId, out var found) ? found.Run : null;
    }

    private List<ShardRun> Runs()
    {
        lock (_lock)
            return [.. _runs.Values.Select(pair => pair.Run)];
    }

    private List<Task> Running()
    {
        lock (_lock)
            return [.. _runs.Values.Select(pair => pair.Running)];
    }
}
