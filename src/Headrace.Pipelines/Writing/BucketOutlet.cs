using System.Buffers;
using System.Threading.Channels;

namespace Headrace.Pipelines;

/// <summary>
/// A bucket as destination: outputs are gathered into objects, a line each, one object after the other. What is repeated, by this run or
/// by one after a crash, meets the object that holds it.
/// </summary>
internal sealed class BucketOutlet : IOutlet
{
    private const int FullObject = 8 * 1024 * 1024;
    private const int WaitingShares = 16;

    private readonly ObjectChain _chain;
    private readonly TimeSpan _longestWait;
    private readonly Channel<SharePutting> _waiting =
        Channel.CreateBounded<SharePutting>(new BoundedChannelOptions(WaitingShares) { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _flush = new(0);
    private readonly List<(SharePutting Share, RoutedOutput Output)> _batch = [];
    private readonly Task _running;
    private long? _standing;
    private int _bytes;
    private Exception? _failure;

    /// <param name="chain">The objects.</param>
    /// <param name="longestWait">For so long an output may wait for others to share its object with.</param>
    public BucketOutlet(ObjectChain chain, TimeSpan longestWait)
    {
        (_chain, _longestWait) = (chain, longestWait);
        _running = Task.Run(RunAsync);
    }

    public async ValueTask<Task<ShareResult>> SendAsync(OutputShare share, CancellationToken cancellationToken)
    {
        var putting = new SharePutting(share);
        await _waiting.Writer.WriteAsync(putting, cancellationToken);
        return putting.Result;
    }

    public void Flush() => _flush.Release();

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running;
    }

    /// <summary>Never fails itself: after a failure nothing more is put, and every share fails with it.</summary>
    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            try
            {
                _batch.Clear();
                _standing ??= await PersistAsync(_chain.StandingAsync);
                await GatherAsync();
                await PutAsync();
            }
            catch (Exception e)
            {
                _failure = e;
                foreach (var (share, _) in _batch)
                    share.Fail(e);
                Drain();
            }
        }
    }

    /// <summary>Fills an object until it is full, or has waited long enough, or is to be written at once.</summary>
    private async Task GatherAsync()
    {
        _bytes = 0;
        Drain();
        using var due = new CancellationTokenSource(_longestWait);
        while (_batch.Count > 0 && _bytes < FullObject)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(due.Token);
            var flushed = _flush.WaitAsync(enough.Token);
            var more = _waiting.Reader.WaitToReadAsync(enough.Token).AsTask();
            var first = await Task.WhenAny(flushed, more);
            var isLast = first == flushed || due.IsCancellationRequested || !await more;
            await enough.CancelAsync();
            await Task.WhenAll(flushed, more).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            isLast |= flushed.IsCompletedSuccessfully;
            Drain();
            if (isLast)
                return;
        }
    }

    /// <summary>Takes what waits; what the objects hold already is done at once.</summary>
    private void Drain()
    {
        while ((_failure is not null || _bytes < FullObject) && _waiting.Reader.TryRead(out var share))
        {
            if (_failure is not null)
            {
                share.Fail(_failure);
                continue;
            }
            while (share.TryPeek(out var output))
            {
                if (output.Number != OutputNumber.None && output.Number <= _standing)
                {
                    share.TakeRepeated();
                    continue;
                }
                share.Take();
                _batch.Add((share, output));
                _bytes += output.Json.Length + 1;
            }
        }
    }

    private async Task PutAsync()
    {
        while (_batch.Count > 0)
        {
            var lines = new ArrayBufferWriter<byte>(_bytes);
            foreach (var (_, output) in _batch)
            {
                lines.Write(output.Json.Span);
                lines.Write("\n"u8);
            }
            var last = _batch[^1].Output.Number;
            if (last == OutputNumber.None)
            {
                await PersistAsync(async () =>
                {
                    await _chain.AddUnnumberedAsync(lines.WrittenMemory);
                    return true;
                });
                Settle(long.MaxValue, isRepeated: false);
                return;
            }
            var (isCreated, standing) = await PersistAsync(() => _chain.AddAsync(_standing!.Value, lines.WrittenMemory, last));
            _standing = standing;
            Settle(standing, isRepeated: !isCreated);
        }
    }

    /// <summary>Ends the outputs up to a number.</summary>
    private void Settle(long last, bool isRepeated)
    {
        var count = 0;
        for (; count < _batch.Count && _batch[count].Output.Number <= last; count++)
            _batch[count].Share.Settle(isRepeated);
        _batch.RemoveRange(0, count);
    }

    private static async Task<T> PersistAsync<T>(Func<Task<T>> call)
    {
        var patience = new Patience();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (ObjectStoreUnavailableException e)
            {
                await patience.WaitAsync(e, CancellationToken.None);
            }
        }
    }
}
