using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>
/// Takes one shard's records along its lane, for as long as this worker has the shard. A checkpoint follows what is durable on the other
/// side. Whoever loses the shard stops; what it still has under way carries the numbers that the shard's next worker gives the same
/// outputs, so it does no harm.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Neither a wait handle nor a timer is behind the one, and the lane is closed when the shard is left.")]
internal sealed class PipelineProcessor(GroupRun run, string shardId) : IShardProcessor
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    /// <summary>What a last save may take; what it would have covered is worked on again otherwise, and dropped where it is there.</summary>
    private static readonly TimeSpan LastSave = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _ending = new();
    private readonly SettledPrefix<ConsumedRecord> _settled = new();
    private ShardLane? _lane;
    private Task _saving = Task.CompletedTask;
    private bool _isLimited;

    public ValueTask InitializeAsync(ShardAssignment shard, CancellationToken cancellationToken)
    {
        _lane = new ShardLane(run.Work, run.Open(shardId), run.Fail, _ending.Token);
        return ValueTask.CompletedTask;
    }

    public async ValueTask ProcessRecordsAsync(IReadOnlyList<ConsumedRecord> records, ShardCheckpointer checkpointer, CancellationToken cancellationToken)
    {
        if (_saving.IsCompleted && !_ending.IsCancellationRequested)
            _saving = SaveRegularlyAsync(checkpointer);
        var all = records as ConsumedRecord[] ?? [.. records];
        for (var next = 0; next < all.Length && !_isLimited;)
        {
            var wanted = Math.Min(SourcePages.MaxRecords, all.Length - next);
            var taken = run.Take(wanted);
            _isLimited = taken < wanted;
            if (taken == 0)
                break;
            var end = SourcePages.EndOfAggregate(all, next + taken);
            await AddAsync(new SourcePage(shardId, new ArraySegment<ConsumedRecord>(all, next, end - next)), cancellationToken);
            next = end;
        }
    }

    /// <summary>The shard is another worker's, which begins at the last checkpoint.</summary>
    public ValueTask LeaseLostAsync() => LeaveAsync();

    public async ValueTask ShardEndedAsync(ShardCheckpointer checkpointer, CancellationToken cancellationToken)
    {
        await _lane!.CompleteAsync().WaitAsync(cancellationToken);
        if (_isLimited)
            await ShutdownRequestedAsync(checkpointer, cancellationToken);
        else
            await LeaveAsync();
        run.ThrowIfFailed();
        // Otherwise the shard would be taken for handled to its end.
        if (_isLimited)
            throw new LimitReachedException();
    }

    public async ValueTask ShutdownRequestedAsync(ShardCheckpointer checkpointer, CancellationToken cancellationToken)
    {
        try
        {
            await _lane!.CompleteAsync().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // It takes too long: what is settled by now is saved.
        }
        await LeaveAsync();
        using var patience = new CancellationTokenSource(LastSave, run.Time);
        await SaveAsync(checkpointer, patience.Token);
    }

    /// <summary>The outlets end by themselves; nobody needs to wait for their last attempts.</summary>
    public async ValueTask LeaveAsync()
    {
        if (_lane is null || _ending.IsCancellationRequested)
            return;
        await _ending.CancelAsync();
        await _saving;
        _ = _lane!.DisposeAsync().AsTask();
        run.Work.Tally.Leave(shardId);
    }

    private async Task AddAsync(SourcePage page, CancellationToken cancellationToken)
    {
        run.Work.Tally.CountRead(page);
        // A record's data is part of its page's, which nobody keeps.
        var mark = _settled.Begin(page.Records[^1] with { Data = default });
        try
        {
            await _lane!.AddAsync(page, () => _settled.Settle(mark), cancellationToken);
        }
        catch (ChannelClosedException)
        {
            run.ThrowIfFailed();
            throw;
        }
    }

    private async Task SaveRegularlyAsync(ShardCheckpointer checkpointer)
    {
        using var timer = new PeriodicTimer(SaveEvery, run.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
                await SaveAsync(checkpointer, _ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The shard is left.
        }
        catch (LeaseLostException)
        {
            // Its worker learns it too.
        }
        catch (Exception e)
        {
            run.Fail(e);
        }
    }

    private async Task SaveAsync(ShardCheckpointer checkpointer, CancellationToken cancellationToken)
    {
        if (_settled.Last is not { } last || LeaseCheckpoint.Of(last) == checkpointer.Checkpoint)
            return;
        await checkpointer.CheckpointAsync(last, cancellationToken);
        run.Work.Tally.CountSaved();
    }
}
