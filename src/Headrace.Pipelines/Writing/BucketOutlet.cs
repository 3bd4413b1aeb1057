using System.Buffers;

namespace Headrace.Pipelines;

/// <summary>
/// A bucket as destination: outputs are gathered into objects, a line each, one object after the other. What is repeated, by this run or
/// by one after a crash, meets the object that holds it.
/// </summary>
internal sealed class BucketOutlet : IOutlet
{
    private const int FullObject = 8 * 1024 * 1024;

    private readonly ObjectChain _chain;
    private readonly TimeSpan _longestWait;
    private readonly WaitingShares _shares = new();
    private readonly SemaphoreSlim _flush = new(0);
    private readonly Task _running;
    private long? _standing;

    /// <param name="chain">The objects.</param>
    /// <param name="longestWait">For so long an output may wait for others to share its object with.</param>
    public BucketOutlet(ObjectChain chain, TimeSpan longestWait)
    {
        (_chain, _longestWait) = (chain, longestWait);
        _running = Task.Run(() => _shares.RunAsync(PutObjectAsync));
    }

    public ValueTask<Task<ShareResult>> SendAsync(OutputShare share, CancellationToken cancellationToken) => _shares.SendAsync(share, cancellationToken);

    public void Flush() => _flush.Release();

    public async ValueTask DisposeAsync()
    {
        _shares.Complete();
        await _running;
    }

    private async Task PutObjectAsync()
    {
        _standing ??= await PersistAsync(_chain.StandingAsync);
        await GatherAsync();
        await PutAsync();
    }

    /// <summary>Fills an object until it is full, or has waited long enough, or is to be written at once.</summary>
    private async Task GatherAsync()
    {
        using var due = new CancellationTokenSource(_longestWait);
        while (!Take() && _shares.Count > 0)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(due.Token);
            var flushed = _flush.WaitAsync(enough.Token);
            var more = _shares.WaitAsync(enough.Token).AsTask();
            var first = await Task.WhenAny(flushed, more);
            var isLast = first == flushed || due.IsCancellationRequested || !await more;
            await enough.CancelAsync();
            await Task.WhenAll(flushed, more).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            isLast |= flushed.IsCompletedSuccessfully;
            if (isLast)
            {
                Take();
                return;
            }
        }
    }

    private bool Take() => _shares.Take(_standing!.Value, int.MaxValue, FullObject);

    private async Task PutAsync()
    {
        while (_shares.Count > 0)
        {
            var lines = new ArrayBufferWriter<byte>(_shares.Bytes + _shares.Count);
            for (var i = 0; i < _shares.Count; i++)
            {
                lines.Write(_shares[i].Json.Span);
                lines.Write("\n"u8);
            }
            var last = _shares[_shares.Count - 1].Number;
            if (last == OutputNumber.None)
            {
                await PersistAsync(async () =>
                {
                    await _chain.AddUnnumberedAsync(lines.WrittenMemory);
                    return true;
                });
                _shares.Settle(_shares.Count, repeated: 0);
                return;
            }
            var (isCreated, standing) = await PersistAsync(() => _chain.AddAsync(_standing!.Value, lines.WrittenMemory, last));
            _standing = standing;
            var held = CountUpTo(standing);
            _shares.Settle(held, repeated: isCreated ? 0 : held);
        }
    }

    /// <summary>How many of the outputs that are taken, the first ones, have no higher number.</summary>
    private int CountUpTo(long number)
    {
        var count = 0;
        while (count < _shares.Count && _shares[count].Number <= number)
            count++;
        return count;
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
