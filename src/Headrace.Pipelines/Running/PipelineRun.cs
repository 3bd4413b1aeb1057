using System.Collections.Concurrent;

namespace Headrace.Pipelines;

/// <summary>One run of a pipeline: what its shards' lanes share, and how it ends.</summary>
internal sealed class PipelineRun : IAsyncDisposable
{
    /// <summary>What a cancelled run may take to see its writes through; they are repeated by the next run otherwise.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly PipelinePlan _plan;
    private readonly Func<string, OutletSet> _open;
    private readonly IDeadLetterOffice _office;
    private readonly ConcurrentBag<PageWork> _work = [];
    private readonly SemaphoreSlim _workers;
    private readonly Dictionary<string, ShardLane> _lanes = new(StringComparer.Ordinal);
    private readonly PagesUnderWay _underWay = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="plan">The pipeline.</param>
    /// <param name="open">Opens the destinations for a source shard.</param>
    /// <param name="office">Keeps the dead letters.</param>
    /// <param name="checkpoints">What earlier runs have settled.</param>
    /// <param name="tally">Counts the records.</param>
    public PipelineRun(PipelinePlan plan, Func<string, OutletSet> open, IDeadLetterOffice office, IReadOnlyDictionary<string, string> checkpoints, PipelineTally tally)
    {
        (_plan, _open, _office) = (plan, open, office);
        _workers = new SemaphoreSlim(plan.Parallelism);
        // Faults of steps show before anything is read.
        _work.Add(new PageWork(plan));
        Checkpoints = new CheckpointPrefix(checkpoints);
        Tally = tally;
    }

    public CheckpointPrefix Checkpoints { get; }

    public PipelineTally Tally { get; }

    /// <summary>Ends the run with this failure.</summary>
    public void Fail(Exception failure) => _failed.TrySetException(failure);

    /// <summary>Moves pages until the source ends or something fails; then sees all that is under way through.</summary>
    public async Task PumpAsync(IAsyncEnumerable<SourcePage> pages, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        // Whatever fails on the writing side ends the reading side.
        var stopping = _failed.Task.ContinueWith(_ => stop.CancelAsync(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Unwrap();
        try
        {
            await foreach (var page in pages.WithCancellation(stop.Token))
                await DispatchAsync(page, stop.Token);
            await Task.WhenAny(CompleteLanesAsync(), _failed.Task).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (_failed.Task.IsFaulted)
        {
            // The failure below tells more.
        }
        finally
        {
            if (stop.IsCancellationRequested)
                await Task.WhenAny(CompleteLanesAsync(), Task.Delay(Farewell, CancellationToken.None));
        }
        if (_failed.Task.IsFaulted)
        {
            await stopping;
            await _failed.Task;
        }
    }

    /// <summary>All of a page is durable where it belongs.</summary>
    public void Settle(CheckpointPrefix.Mark mark)
    {
        Checkpoints.Settle(mark);
        _underWay.End();
    }

    /// <summary>Takes a page through steps and routes; as many at a time as the pipeline allows.</summary>
    public async Task<PageResult> WorkAsync(SourcePage page, CancellationToken cancellationToken)
    {
        await _workers.WaitAsync(cancellationToken);
        try
        {
            if (!_work.TryTake(out var work))
                work = new PageWork(_plan);
            var result = await work.RunAsync(page, cancellationToken);
            _work.Add(work);
            Tally.CountSteps(result.Transformed, result.Dropped);
            return result;
        }
        finally
        {
            _workers.Release();
        }
    }

    public async Task PostFaultsAsync(SourcePage page, PageResult result, CancellationToken cancellationToken)
    {
        if (result.Faults.Count > 0)
            await PostAsync([.. DeadLetterMaking.OfRecords(_plan, page, result)], cancellationToken);
    }

    public Task PostRefusedAsync(SourcePage page, RefusedOutput refused, CancellationToken cancellationToken) =>
        PostAsync([DeadLetterMaking.OfRefused(_plan, page, refused, epoch: "")], cancellationToken);

    /// <summary>After a failure or cancellation the outlets end by themselves; nobody needs to wait for their last attempts.</summary>
    public async ValueTask DisposeAsync()
    {
        var closing = Task.WhenAll(_lanes.Values.Select(lane => lane.DisposeAsync().AsTask()));
        if (!_failed.Task.IsFaulted && _lanes.Values.All(lane => lane.CompleteAsync().IsCompleted))
            await closing;
        while (_work.TryTake(out var work))
            work.Dispose();
    }

    private async Task DispatchAsync(SourcePage page, CancellationToken cancellationToken)
    {
        if (!_lanes.TryGetValue(page.ShardId, out var lane))
        {
            // A shard may be another's child: what its parents brought is in its place before the first record of its own leaves.
            await _underWay.WhenNoneAsync().WaitAsync(cancellationToken);
            _lanes[page.ShardId] = lane = new ShardLane(this, _open(page.ShardId), cancellationToken);
        }
        Tally.CountRead(page);
        _underWay.Begin();
        await lane.AddAsync(page, Checkpoints.Begin(page.ShardId, page.LastSequenceNumber), cancellationToken);
    }

    private Task CompleteLanesAsync() => Task.WhenAll(_lanes.Values.Select(lane => lane.CompleteAsync()));

    private async Task PostAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        DeadLetterMaking.StopIfAsked(_plan, letters);
        await _office.PostAsync(letters, cancellationToken);
        Tally.CountDeadLettered(letters.Count);
    }
}
