using System.Threading.Channels;

namespace Headrace.Pipelines;

/// <summary>One run of a pipeline that reads all shards by itself: their lanes, and how it ends.</summary>
/// <param name="work">What the lanes share; the caller disposes it.</param>
/// <param name="open">Opens the destinations for a source shard.</param>
/// <param name="checkpoints">What earlier runs have settled.</param>
internal sealed class PipelineRun(PipelineWork work, Func<string, OutletSet> open, IReadOnlyDictionary<string, string> checkpoints) : IAsyncDisposable
{
    /// <summary>What a cancelled run may take to see its writes through; they are repeated by the next run otherwise.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, ShardLane> _lanes = new(StringComparer.Ordinal);
    private readonly PagesUnderWay _underWay = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CheckpointPrefix Checkpoints { get; } = new CheckpointPrefix(checkpoints);

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
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException && _failed.Task.IsFaulted)
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

    /// <summary>After a failure or cancellation the outlets end by themselves; nobody needs to wait for their last attempts.</summary>
    public async ValueTask DisposeAsync()
    {
        var closing = Task.WhenAll(_lanes.Values.Select(lane => lane.DisposeAsync().AsTask()));
        if (!_failed.Task.IsFaulted && _lanes.Values.All(lane => lane.CompleteAsync().IsCompleted))
            await closing;
    }

    private async Task DispatchAsync(SourcePage page, CancellationToken cancellationToken)
    {
        if (!_lanes.TryGetValue(page.ShardId, out var lane))
        {
            // A shard may be another's child: what its parents brought is in its place before the first record of its own leaves.
            foreach (var other in _lanes.Values)
                other.Flush();
            await _underWay.WhenNoneAsync().WaitAsync(cancellationToken);
            _lanes[page.ShardId] = lane = new ShardLane(work, open(page.ShardId), Fail, cancellationToken);
        }
        work.Tally.CountRead(page);
        _underWay.Begin();
        var mark = Checkpoints.Begin(page.ShardId, page.LastCheckpoint);
        await lane.AddAsync(page, () => Settle(mark), cancellationToken);
    }

    /// <summary>All of a page is durable where it belongs.</summary>
    private void Settle(CheckpointPrefix.Mark mark)
    {
        Checkpoints.Settle(mark);
        _underWay.End();
    }

    private Task CompleteLanesAsync() => Task.WhenAll(_lanes.Values.Select(lane => lane.CompleteAsync()));
}
