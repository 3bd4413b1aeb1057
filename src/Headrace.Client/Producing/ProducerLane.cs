using System.Runtime.InteropServices;

namespace Headrace.Client;

/// <summary>One sequence of PutRecords calls, never two at once.</summary>
internal sealed class ProducerLane : IAsyncDisposable
{
    /// <summary>Small records that go into one batch's aggregates; what the format adds to each stays small beside the API's bytes.</summary>
    private const int MaxPackedRecords = 100_000;

    private readonly LaneQueue _queue;
    private readonly ProducerOptions _options;
    private readonly LaneCalls _calls;
    private readonly RecordPacking? _packing;
    private readonly OutageRetry _retry;
    private readonly TimeProvider _time;
    private readonly BufferGate _gate;
    private readonly Task _running;

    // What was taken from the queue, and how many of these have ended.
    private List<ProducerItem> _items = [];
    private int _ended;

    public ProducerLane(KinesisClient client, string stream, ProducerOptions options, BufferGate gate, PostedRecords posted, ShardPace? pace)
    {
        (_options, _gate, _time, _queue) = (options, gate, client.Time, new LaneQueue(gate));
        var shards = options.Aggregate || pace is not null ? new ShardPrediction(client, stream) : null;
        _packing = options.Aggregate ? new RecordPacking(shards!, options.MaxAggregateBytes) : null;
        _retry = new OutageRetry(client.Time, options.RetryFor);
        _calls = new LaneCalls(client, stream, options, gate, posted, shards, pace, _retry);
        gate.Filled += _queue.Hurry;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Whether the service took the records' numbers; null until it has answered.</summary>
    public bool? TakesNumbers => _calls.TakesNumbers;

    public bool TryAdd(in ProducerItem item) => _queue.TryAdd(item);

    /// <summary>Takes no more records, and ends when all that were taken have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _running;
        _packing?.Dispose();
        _calls.Dispose();
    }

    private async Task RunAsync()
    {
        using var batch = new WireBatch();
        while (_ended < _items.Count || await _queue.WaitAsync())
        {
            var (count, flush) = await GatherAsync();
            if (count > 0)
                await SendAsync(count, batch);
            // Nothing is kept of what has ended, since there is room for others now.
            CollectionsMarshal.AsSpan(_items).Slice(_ended, count).Clear();
            _ended += count;
            if (flush is not null)
            {
                _ended++;
                flush.TrySetResult(null);
            }
            if (_ended < _items.Count)
                continue;
            _items.Clear();
            _ended = 0;
        }
    }

    /// <summary>
    /// Counts a batch's records until it is full, lingered long enough, nothing more can come since there is no room for it, or it meets a
    /// flush's mark, whose completion is answered too.
    /// </summary>
    private async Task<(int Count, ItemCompletion? Flush)> GatherAsync()
    {
        CancellationTokenSource? linger = null;
        try
        {
            var (count, bytes) = (0, 0L);
            var most = _packing is null ? _options.MaxBatchRecords : MaxPackedRecords;
            var since = _time.GetTimestamp();
            while (true)
            {
                if (Count(most, ref count, ref bytes, out var flush))
                    return (count, flush);
                if (TryTake())
                    continue;
                if (_gate.IsFull)
                    return (count, null);
                var left = _options.Linger - _time.GetElapsedTime(since);
                linger ??= new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
                if (!await MoreAsync(most - count, _options.MaxBatchBytes - bytes, linger.Token) && !TryTake())
                    return (count, null);
            }
        }
        finally
        {
            linger?.Dispose();
        }
    }

    /// <summary>Counts what was taken; true once the batch is complete.</summary>
    private bool Count(int most, ref int count, ref long bytes, out ItemCompletion? flush)
    {
        flush = null;
        var items = CollectionsMarshal.AsSpan(_items)[_ended..];
        for (; count < items.Length; count++)
        {
            ref readonly var item = ref items[count];
            if (item.IsMark)
            {
                flush = item.Completion;
                return true;
            }
            if (count == most || (count > 0 && bytes + item.Bytes > _options.MaxBatchBytes))
                return true;
            bytes += item.Bytes;
        }
        return count == most;
    }

    private bool TryTake()
    {
        if (_ended > 0)
        {
            _items.RemoveRange(0, _ended);
            _ended = 0;
        }
        return _queue.TryTake(ref _items);
    }

    private async Task<bool> MoreAsync(int records, long bytes, CancellationToken linger)
    {
        try
        {
            return await _queue.WaitForCompanyAsync(records, bytes, linger);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Puts a batch, as it is or packed, one call after another.</summary>
    private async Task SendAsync(int count, WireBatch batch)
    {
        try
        {
            await PackAsync(count, batch);
        }
        catch (Exception e)
        {
            batch.SetPlain(_items, _ended, count);
            _calls.Fail(batch, batch.Records, e);
            return;
        }
        for (var at = 0; at < batch.Records.Count; at += _options.MaxBatchRecords)
            await _calls.SendAsync(batch, at, Math.Min(_options.MaxBatchRecords, batch.Records.Count - at));
    }

    private async Task PackAsync(int count, WireBatch batch)
    {
        if (_packing is not null)
        {
            await _retry.RunAsync(
                async () =>
                {
                    await _packing.PackAsync(_items, _ended, count, batch, CancellationToken.None);
                    return true;
                },
                CancellationToken.None);
            // The aggregates of a numbering producer share one number, and so one call.
            if (_options.Name is null || batch.Records.Count <= _options.MaxBatchRecords)
                return;
        }
        batch.SetPlain(_items, _ended, count);
    }
}
