using System.Threading.Channels;

namespace Headrace.Pipelines;

/// <summary>The way of one source shard's records: page after page through steps and routes, and into the destinations in that order.</summary>
internal sealed class ShardLane : IAsyncDisposable
{
    /// <summary>Pages that are read but not yet transformed.</summary>
    private const int WaitingPages = 2;

    private readonly PipelineWork _work;
    private readonly OutletSet _outlets;
    private readonly Action<Exception> _fail;
    private readonly Channel<(SourcePage Page, Action Settled)> _pages =
        Channel.CreateBounded<(SourcePage, Action)>(new BoundedChannelOptions(WaitingPages) { SingleReader = true, SingleWriter = true });
    private readonly Queue<Task> _settling = new();
    private readonly Task _running;

    /// <param name="work">The steps.</param>
    /// <param name="outlets">The destinations, which are the lane's to close.</param>
    /// <param name="fail">Told of the failure by which the lane has ended.</param>
    /// <param name="cancellationToken">Has it take no further page.</param>
    public ShardLane(PipelineWork work, OutletSet outlets, Action<Exception> fail, CancellationToken cancellationToken)
    {
        (_work, _outlets, _fail) = (work, outlets, fail);
        _running = Task.Run(() => RunAsync(cancellationToken), CancellationToken.None);
    }

    /// <param name="page">The next page.</param>
    /// <param name="settled">Called once all of it is durable where it belongs.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    public ValueTask AddAsync(SourcePage page, Action settled, CancellationToken cancellationToken) => _pages.Writer.WriteAsync((page, settled), cancellationToken);

    /// <summary>Takes no more pages; ends when all that were taken are settled, or the lane has failed.</summary>
    public Task CompleteAsync()
    {
        _pages.Writer.TryComplete();
        return _running;
    }

    /// <inheritdoc cref="IOutlet.Flush"/>
    public void Flush() => _outlets.Flush();

    public ValueTask DisposeAsync()
    {
        _work.Leave(this);
        return _outlets.DisposeAsync();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (page, settled) in _pages.Reader.ReadAllAsync(cancellationToken))
            {
                var result = await _work.WorkAsync(page, cancellationToken);
                await MakeRoomAsync();
                _settling.Enqueue(await SendAsync(page, settled, result, cancellationToken));
            }
            _outlets.Flush();
            await Task.WhenAll(_settling);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is under way is seen through as far as the farewell allows.
            _outlets.Flush();
            await Task.WhenAll(_settling);
        }
        catch (Exception e)
        {
            _fail(e);
            // Who waits for room waits for nothing.
            _pages.Writer.TryComplete();
        }
    }

    private async Task MakeRoomAsync()
    {
        while (_settling.TryPeek(out var first) && (first.IsCompleted || _settling.Count >= _outlets.MostUnsettled))
        {
            if (!first.IsCompleted)
                _outlets.Flush();
            await _settling.Dequeue();
        }
    }

    private async Task<Task> SendAsync(SourcePage page, Action settled, PageResult result, CancellationToken cancellationToken)
    {
        await _work.PostFaultsAsync(this, page, result, cancellationToken);
        var sent = await _outlets.SendAsync(result.Outputs, refused => _work.PostRefusedAsync(this, page, refused, cancellationToken), cancellationToken);
        return SettleAsync(settled, sent);
    }

    private async Task SettleAsync(Action settled, IReadOnlyList<(int Destination, int Count, Task<ShareResult> Settled)> sent)
    {
        try
        {
            foreach (var (destination, count, settling) in sent)
                _work.Tally.CountRouted(destination, count, await settling);
            settled();
        }
        catch (Exception e)
        {
            _fail(e);
        }
    }
}
