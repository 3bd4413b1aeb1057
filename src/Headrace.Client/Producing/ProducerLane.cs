using System.Threading.Channels;

namespace Headrace.Client;

/// <summary>One sequence of PutRecords calls, never two at once.</summary>
internal sealed class ProducerLane : IAsyncDisposable
{
    /// <summary>Small records that go into one batch's aggregates; what the format adds to each stays small beside the API's bytes.</summary>
    private const int MaxPackedRecords = 100_000;

    private readonly Channel<ProducerItem> _items = Channel.CreateUnbounded<ProducerItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ProducerOptions _options;
    private readonly LaneCalls _calls;
    private readonly RecordPacking? _packing;
    private readonly OutageRetry _retry;
    private readonly TimeProvider _time;
    private readonly BufferGate _gate;
    private readonly Task _running;

    public ProducerLane(KinesisClient client, string stream, ProducerOptions options, BufferGate gate, PostedRecords posted, ShardPace? pace)
    {
        (_options, _gate, _time) = (options, gate, client.Time);
        var shards = options.Aggregate || pace is not null ? new ShardPrediction(client, stream) : null;
        _packing = options.Aggregate ? new RecordPacking(shards!, options.MaxAggregateBytes) : null;
        _retry = new OutageRetry(client.Time, options.RetryFor);
        _calls = new LaneCalls(client, stream, options, gate, posted, shards, pace, _retry);
        gate.Filled += () => _items.Writer.TryWrite(ProducerItem.Full);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Whether the service took the records' numbers; null until it has answered.</summary>
    public bool? TakesNumbers => _calls.TakesNumbers;

    public bool TryAdd(in ProducerItem item) => _items.Writer.TryWrite(item);

    /// <summary>Takes no more records, and ends when all that were taken have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        _items.Writer.TryComplete();
        await _running;
        _packing?.Dispose();
        _calls.Dispose();
    }

    private async Task RunAsync()
    {
        var gathered = new List<ProducerItem>(_options.MaxBatchRecords);
        using var batch = new WireBatch();
        while (await _items.Reader.WaitToReadAsync())
        {
            var flush = await GatherAsync(gathered);
            if (gathered.Count > 0)
                await SendAsync(gathered, batch);
            gathered.Clear();
            batch.Clear();
            flush?.TrySetResult(null);
        }
    }

    /// <summary>
    /// Fills a batch until it is full, lingered long enough, nothing more can come since there is no room for it, or it meets a flush's mark,
    /// whose completion it returns.
    /// </summary>
    private async Task<ItemCompletion?> GatherAsync(List<ProducerItem> gathered)
    {
        CancellationTokenSource? linger = null;
        try
        {
            var bytes = 0;
            var most = _packing is null ? _options.MaxBatchRecords : MaxPackedRecords;
            var since = _time.GetTimestamp();
            while (gathered.Count < most)
            {
                if (!_items.Reader.TryPeek(out var item))
                {
                    if (_gate.IsFull)
                        break;
                    var left = _options.Linger - _time.GetElapsedTime(since);
                    linger ??= new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
                    if (!await MoreAsync(linger.Token))
                        break;
                    continue;
                }
                if (gathered.Count > 0 && bytes + item.Bytes > _options.MaxBatchBytes)
                    break;
                _items.Reader.TryRead(out _);
                if (item.IsMark)
                {
                    if (item.Completion is { } flush)
                        return flush;
                    continue;
                }
                bytes += item.Bytes;
                gathered.Add(item);
            }
            return null;
        }
        finally
        {
            linger?.Dispose();
        }
    }

    private async Task<bool> MoreAsync(CancellationToken linger)
    {
        try
        {
            return await _items.Reader.WaitToReadAsync(linger);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Puts a batch, as it is or packed, one call after another.</summary>
    private async Task SendAsync(List<ProducerItem> gathered, WireBatch batch)
    {
        try
        {
            await PackAsync(gathered, batch);
        }
        catch (Exception e)
        {
            batch.SetPlain(gathered);
            _calls.Fail(batch, batch.Records, e);
            return;
        }
        for (var at = 0; at < batch.Records.Count; at += _options.MaxBatchRecords)
            await _calls.SendAsync(batch, at, Math.Min(_options.MaxBatchRecords, batch.Records.Count - at));
    }

    private async Task PackAsync(List<ProducerItem> gathered, WireBatch batch)
    {
        if (_packing is not null)
        {
            await _retry.RunAsync(
                async () =>
                {
                    await _packing.PackAsync(gathered, batch, CancellationToken.None);
                    return true;
                },
                CancellationToken.None);
            // The aggregates of a numbering producer share one number, and so one call.
            if (_options.Name is null || batch.Records.Count <= _options.MaxBatchRecords)
                return;
        }
        batch.SetPlain(gathered);
    }
}
