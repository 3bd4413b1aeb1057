using System.Threading.Channels;

namespace Headrace.Client;

/// <summary>
/// Reads a shard ahead of its processor: a few pages, and of all shards together no more bytes than <paramref name="memory"/> has room for. A shard
/// without a page in waiting may always have one, so that no processor holds up another's shard.
/// </summary>
internal sealed class Prefetch(BufferGate memory)
{
    private const int Pages = 4;

    private readonly Channel<(ShardPage Page, long Charged)> _pages =
        Channel.CreateBounded<(ShardPage Page, long Charged)>(new BoundedChannelOptions(Pages) { SingleReader = true, SingleWriter = true });

    private int _waiting;

    /// <summary>Reads until the shard's end, or until it is cancelled; never fails itself, the reader learns it.</summary>
    public async Task FillAsync(IAsyncEnumerable<ShardPage> source, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await foreach (var page in source.WithCancellation(cancellationToken))
            {
                var charged = Interlocked.Increment(ref _waiting) > 1 ? page.Bytes : 0;
                if (charged > 0)
                    await memory.EnterAsync(charged, cancellationToken);
                try
                {
                    await _pages.Writer.WriteAsync((page, charged), cancellationToken);
                }
                catch
                {
                    memory.Leave(charged);
                    throw;
                }
            }
        }
        catch (Exception e)
        {
            failure = e;
        }
        _pages.Writer.TryComplete(failure);
    }

    /// <summary>The next page; null behind the last one.</summary>
    public async ValueTask<ShardPage?> NextAsync(CancellationToken cancellationToken)
    {
        while (await _pages.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_pages.Reader.TryRead(out var read))
            {
                Take(read.Charged);
                return read.Page;
            }
        }
        return null;
    }

    /// <summary>Gives back what nobody will read. Called when filling has ended.</summary>
    public void Drain()
    {
        while (_pages.Reader.TryRead(out var read))
            Take(read.Charged);
    }

    private void Take(long charged)
    {
        Interlocked.Decrement(ref _waiting);
        if (charged > 0)
            memory.Leave(charged);
    }
}
