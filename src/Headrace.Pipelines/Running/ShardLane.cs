using System.Threading.Channels;

namespace Headrace.Pipelines;

/// <summary>The way of one source shard's records: page after page through steps and routes, and into the destinations in that order.</summary>
internal sealed class ShardLane : IAsyncDisposable
{
    /// <summary>Pages that are read but not yet transformed.</summary>
    private const int WaitingPages = 2;

    /// <summary>Pages that are on their way to destinations.</summary>
    private const int UnsettledPages = 4;

    private readonly PipelineRun _run;
    private readonly OutletSet _outlets;
    private readonly Channel<(SourcePage Page, CheckpointPrefix.Mark Mark)> _pages =
        Channel.CreateBounded<(SourcePage, CheckpointPrefix.Mark)>(new BoundedChannelOptions(WaitingPages) { SingleReader = true, SingleWriter = true });
    private readonly Queue<Task> _settling = new();
    private readonly Task _running;

    public ShardLane(PipelineRun run, OutletSet outlets, CancellationToken cancellationToken)
    {
        (_run, _outlets) = (run, outlets);
        _running = Task.Run(() => RunAsync(cancellationToken), CancellationToken.None);
    }

    public ValueTask AddAsync(SourcePage page, CheckpointPrefix.Mark mark, CancellationToken cancellationToken) => _pages.Writer.WriteAsync((page, mark), cancellationToken);

    /// <summary>Takes no more pages; ends when all that were taken are settled, or the run has failed.</summary>
    public Task CompleteAsync()
    {
        _pages.Writer.TryComplete();
        return _running;
    }

    public ValueTask DisposeAsync() => _outlets.DisposeAsync();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (page, mark) in _pages.Reader.ReadAllAsync(cancellationToken))
            {
                var result = await _run.WorkAsync(page, cancellationToken);
                if (_settling.Count == UnsettledPages)
                    await _settling.Dequeue();
                _settling.Enqueue(await SendAsync(page, mark, result, cancellationToken));
            }
            await Task.WhenAll(_settling);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is under way is seen through as far as the farewell allows.
            await Task.WhenAll(_settling);
        }
        catch (Exception e)
        {
            _run.Fail(e);
        }
    }

    private async Task<Task> SendAsync(SourcePage page, CheckpointPrefix.Mark mark, PageResult result, CancellationToken cancellationToken)
    {
        await _run.PostFaultsAsync(page, result, cancellationToken);
        var sent = await _outlets.SendAsync(result.Outputs, refused => _run.PostRefusedAsync(page, refused, cancellationToken), cancellationToken);
        return SettleAsync(mark, sent);
    }

    private async Task SettleAsync(CheckpointPrefix.Mark mark, IReadOnlyList<(int Destination, int Count, Task<ShareResult> Settled)> sent)
    {
        try
        {
            foreach (var (destination, count, settled) in sent)
                _run.Tally.CountRouted(destination, count, await settled);
            _run.Settle(mark);
        }
        catch (Exception e)
        {
            _run.Fail(e);
        }
    }
}
