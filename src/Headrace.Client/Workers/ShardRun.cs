using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Headrace.Client;

/// <summary>One shard, from when this worker takes it to when it gives it up, loses it, or has read it to its end.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Neither a wait handle nor a timer is behind them, and whoever is late may still ask.")]
internal sealed class ShardRun
{
    private readonly WorkerContext _context;
    private readonly IShardProcessor _processor;
    private readonly ShardCheckpointer _checkpointer;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly CancellationToken _stopping;
    private ExceptionDispatchInfo? _unread;

    /// <param name="stopping">Cancelled when the worker stops.</param>
    public ShardRun(WorkerContext context, HeldLease held, IShardProcessor processor, CancellationToken stopping)
    {
        (_context, Held, _processor, _stopping) = (context, held, processor, stopping);
        _checkpointer = new ShardCheckpointer(held);
    }

    public HeldLease Held { get; }

    /// <summary>Whether all that was there has been handled.</summary>
    public bool IsAtTip { get; private set; }

    /// <summary>Has the processor end with the batch that it has, checkpoint, and give the shard up.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Cancels the call that the processor is in, too.</summary>
    public void Abandon() => _abandon.Cancel();

    /// <summary>Completes when the shard is not this worker's any more.</summary>
    /// <exception cref="Exception">
    /// Reading failed, and the processor was asked to end; or the processor failed, and the shard was given up at its last checkpoint.
    /// </exception>
    public async Task RunAsync()
    {
        WorkerLog.Took(_context.Log, Held.ShardId, Held.Current.Checkpoint);
        using var stopping = _stopping.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
        using var calls = CancellationTokenSource.CreateLinkedTokenSource(Held.Lost, _abandon.Token);
        try
        {
            await _processor.InitializeAsync(new ShardAssignment(_context.Stream, Held.ShardId, Held.Current.Checkpoint), calls.Token);
            if (await ProcessAsync(calls.Token))
                await EndAsync(calls.Token);
            else if (Held.IsHeld)
                await _processor.ShutdownRequestedAsync(_checkpointer, calls.Token);
        }
        catch (Exception e) when (e is LeaseLostException or OperationCanceledException && (!Held.IsHeld || _abandon.IsCancellationRequested))
        {
            // What follows says which.
        }
        catch
        {
            await ReleaseAsync();
            throw;
        }
        if (Held.IsHeld)
        {
            await ReleaseAsync();
            _unread?.Throw();
            return;
        }
        WorkerLog.Lost(_context.Log, Held.ShardId, Held.Current.Checkpoint);
        await _processor.LeaseLostAsync();
    }

    /// <returns>True: the shard was handled to its end. False: it is to be given up, or lost.</returns>
    private async Task<bool> ProcessAsync(CancellationToken calls)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(calls, _stop.Token);
        var prefetch = new Prefetch(_context.Memory);
        var filling = prefetch.FillAsync(_context.SourceOf(Held.ShardId).ReadAsync(StartOf(Held.Current.Checkpoint), reading.Token), reading.Token);
        try
        {
            var unpacking = new PageUnpacking(Held.ShardId, _context.Options.Deaggregate, HandledOf(Held.Current.Checkpoint));
            while (!_stop.IsCancellationRequested && await NextAsync(prefetch, reading.Token) is { } page)
            {
                var records = unpacking.Unpack(page.Records, page.MillisBehindLatest);
                if (!Held.IsHeld)
                    return false;
                if (records.Count > 0)
                {
                    _checkpointer.Give(records[^1]);
                    await _processor.ProcessRecordsAsync(records, _checkpointer, calls);
                }
                if (page.IsLast)
                    return true;
                if (page.IsTip != IsAtTip)
                {
                    IsAtTip = page.IsTip;
                    _context.Wake();
                }
            }
            return false;
        }
        catch (OperationCanceledException e) when (_stop.IsCancellationRequested || e is LoopLeftException)
        {
            return false;
        }
        catch (KinesisException gone) when (IsGone(gone))
        {
            // All of its records have grown too old: it has nothing left to read. A stream that is gone fails here.
            if (await _context.Sync.IsListedAsync(Held.ShardId, calls))
                throw;
            return true;
        }
        finally
        {
            await reading.CancelAsync();
            await filling;
            prefetch.Drain();
        }
    }

    /// <summary>The next page; null where reading failed: what was handled before it is still to be saved.</summary>
    private async Task<ShardPage?> NextAsync(Prefetch prefetch, CancellationToken reading)
    {
        try
        {
            return await prefetch.NextAsync(reading);
        }
        catch (Exception e) when (e is not OperationCanceledException && !IsGone(e))
        {
            // Whoever stops has nothing more to read anyhow.
            if (_stop.IsCancellationRequested)
                WorkerLog.EndedUnread(_context.Log, Held.ShardId, e);
            else
                _unread = ExceptionDispatchInfo.Capture(e);
            return null;
        }
    }

    private static bool IsGone(Exception e) => e is KinesisException { ErrorType: "ResourceNotFoundException" };

    /// <summary>
    /// The children's leases are there before the end is told: so they are not forgotten, whatever happens between. But a merged child waits for two ends, and
    /// where two workers come to them at once, neither has seen the other's yet; so whoever tells its end looks again.
    /// </summary>
    private async Task EndAsync(CancellationToken calls)
    {
        await _processor.ShardEndedAsync(_checkpointer, calls);
        var children = await _context.FollowAsync(Held, calls);
        await Held.CheckpointAsync(LeaseCheckpoint.ShardEnd, [.. children.Select(child => child.ShardId)], calls);
        if (children.Any(child => child.AdjacentParentShardId is not null))
            await _context.FollowAsync(Held, calls);
        WorkerLog.Ended(_context.Log, Held.ShardId);
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await Held.ReleaseAsync(CancellationToken.None);
            WorkerLog.GaveUp(_context.Log, Held.ShardId, Held.Current.Checkpoint);
        }
        catch (LeaseStoreException e)
        {
            // It runs out by itself.
            WorkerLog.StoreFailed(_context.Log, e.Message);
        }
    }

    private StartingPosition StartOf(LeaseCheckpoint checkpoint) => checkpoint switch
    {
        _ when checkpoint == LeaseCheckpoint.TrimHorizon => StartingPosition.TrimHorizon,
        _ when checkpoint == LeaseCheckpoint.Latest => StartingPosition.Latest,
        _ when checkpoint == LeaseCheckpoint.AtTimestamp => _context.Options.From.Timestamp is null ? StartingPosition.TrimHorizon : _context.Options.From,
        _ => HandledOf(checkpoint)!.Value.Next,
    };

    /// <summary>A record's checkpoint does not tell whether its aggregate was handled whole, so the record is read again, and left out as far as it was handled.</summary>
    private static ShardCheckpoint? HandledOf(LeaseCheckpoint checkpoint)
    {
        if (!checkpoint.IsRecord)
            return null;
        return new ShardCheckpoint(checkpoint.SequenceNumber, checkpoint.SubSequenceNumber == long.MaxValue ? null : checkpoint.SubSequenceNumber);
    }
}
