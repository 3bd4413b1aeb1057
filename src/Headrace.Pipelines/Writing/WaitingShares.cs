using System.Threading.Channels;

namespace Headrace.Pipelines;

/// <summary>
/// What an outlet was given and has not put yet: shares in the order in which they came, and the outputs that it took of them to put at once. One
/// task takes and puts them; another may add shares.
/// </summary>
internal sealed class WaitingShares
{
    private const int MaxWaiting = 16;

    private readonly Channel<SharePutting> _waiting =
        Channel.CreateBounded<SharePutting>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });
    private readonly List<(SharePutting Share, RoutedOutput Output)> _batch = [];
    private Exception? _failure;

    /// <summary>Outputs that are taken and not settled.</summary>
    public int Count => _batch.Count;

    /// <summary>Bytes of these.</summary>
    public int Bytes { get; private set; }

    public RoutedOutput this[int index] => _batch[index].Output;

    /// <inheritdoc cref="IOutlet.SendAsync"/>
    public async ValueTask<Task<ShareResult>> SendAsync(OutputShare share, CancellationToken cancellationToken)
    {
        var putting = new SharePutting(share);
        await _waiting.Writer.WriteAsync(putting, cancellationToken);
        return putting.Result;
    }

    /// <summary>Nothing comes any more.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <summary>Has outputs taken and put as long as shares come. Never fails itself: after a failure nothing more is put, and every share fails with it.</summary>
    public async Task RunAsync(Func<Task> put)
    {
        while (await WaitAsync(CancellationToken.None))
        {
            try
            {
                if (_failure is null)
                    await put();
            }
            catch (Exception e)
            {
                _failure = e;
                foreach (var (share, _) in _batch)
                    share.Fail(e);
            }
            while (_failure is not null && _waiting.Reader.TryRead(out var share))
                share.Fail(_failure);
        }
    }

    /// <summary>Waits for outputs that can be taken; false when none will come.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _waiting.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes what waits, up to a bound; what the destination has already is done at once.</summary>
    /// <param name="standing">The highest number that the destination has.</param>
    /// <param name="maxCount">At most so many outputs.</param>
    /// <param name="maxBytes">At most so many bytes, unless one output alone is more.</param>
    /// <returns>True when no more can be taken before some are settled.</returns>
    public bool Take(long standing, int maxCount, int maxBytes)
    {
        while (_waiting.Reader.TryPeek(out var share))
        {
            while (share.TryPeek(out var output))
            {
                if (output.Number != OutputNumber.None && output.Number <= standing)
                {
                    share.TakeRepeated();
                    continue;
                }
                if (_batch.Count > 0 && (_batch.Count == maxCount || Bytes + output.Json.Length > maxBytes))
                    return true;
                share.Take();
                _batch.Add((share, output));
                Bytes += output.Json.Length;
            }
            _waiting.Reader.TryRead(out _);
        }
        return _batch.Count == maxCount || Bytes >= maxBytes;
    }

    /// <summary>The first outputs are durable.</summary>
    /// <param name="count">So many.</param>
    /// <param name="repeated">So many of them, the first ones, had been there before.</param>
    public void Settle(int count, int repeated)
    {
        for (var i = 0; i < count; i++)
        {
            Bytes -= _batch[i].Output.Json.Length;
            _batch[i].Share.Settle(isRepeated: i < repeated);
        }
        _batch.RemoveRange(0, count);
    }

    /// <summary>The first output will never be durable here; ends when it is somewhere else.</summary>
    public async Task RefuseAsync(string reason)
    {
        var (share, output) = _batch[0];
        await share.RefuseAsync(output, reason);
        Bytes -= output.Json.Length;
        _batch.RemoveAt(0);
    }
}
