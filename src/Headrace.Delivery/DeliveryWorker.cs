using Headrace.Delivery.Destinations;
using Headrace.Delivery.Progress;
using Headrace.Delivery.Sources;
using Headrace.ShardLog;
using Microsoft.Extensions.Logging;

namespace Headrace.Delivery;

/// <summary>
/// Carries one delivery stream's records from its source to its destination, each exactly once: what an object will hold
/// is recorded before the object is put, and the positions move when it was. Whatever fails, the worker starts over from
/// what is recorded, so a crash and a failure take the same way.
/// </summary>
internal sealed class DeliveryWorker : IAsyncDisposable
{
    private static readonly ReadLimits RebuildLimits = new(MaxRecords: 10_000, MaxBytes: 4 * 1024 * 1024);

    private readonly DeliveryStream _stream;
    private readonly IRecordSource _source;
    private readonly IObjectSink _sink;
    private readonly DeliveryLedger _ledger;
    private readonly BufferMemory _memory;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly ObjectBuffer _buffer = new();
    private readonly RecordPage _page = new();
    private readonly RetryDelay _retry = new();
    private readonly Task _running;
    private DeliveryTotals _totals;

    // When the first record entered the empty buffer.
    private long _filledSince;
    private volatile DeliveryProgress _progress;
    private volatile string? _lastError;

    public DeliveryWorker(DeliveryStream stream, IRecordSource source, IObjectSink sink, DeliveryLedger ledger, BufferMemory memory, TimeProvider time, ILogger log)
    {
        _stream = stream;
        _source = source;
        _sink = sink;
        _ledger = ledger;
        _memory = memory;
        _time = time;
        _log = log;
        _totals = ledger.Totals;
        _progress = Snapshot();
        _running = Task.Run(RunAsync);
    }

    public DeliveryProgress Progress => _progress;

    /// <summary>Stops at once; what is buffered stays in the source and is delivered by the next worker.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await DeliverAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                ClearBuffer();
                Report(failure);
            }
            await Task.Delay(_retry.Next(), _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        ClearBuffer();
        _page.Dispose();
    }

    /// <summary>Delivers object after object until something fails.</summary>
    private async Task DeliverAsync(CancellationToken stop)
    {
        if (_ledger.Pending is { } interrupted)
            await FinishAsync(interrupted, stop);
        var view = _source.Look() ?? throw new SourceMissingException(_source.Name);
        if (_ledger.SourceId != view.Id)
            _ledger.Bind(view.Id);
        using var reader = new SourceReader(view, _ledger.Positions, _log);
        while (true)
        {
            var lost = await FillAsync(reader, stop);
            await PutAsync(reader.SourceId, lost, stop);
        }
    }

    /// <summary>Buffers records until size or interval ask for an object; returns how many records were gone.</summary>
    private async Task<long> FillAsync(SourceReader reader, CancellationToken stop)
    {
        var size = _stream.Destination.BufferMegabytes * 1024 * 1024;
        var interval = TimeSpan.FromSeconds(_stream.Destination.BufferSeconds);
        long lost = 0;
        while (true)
        {
            if (_source.Look() is { } view && view.Id == reader.SourceId)
                reader.Follow(view);
            else if (_buffer.IsEmpty)
                throw new SourceMissingException(_source.Name);
            else
                return lost;

            if (reader.TryTake(out var shard))
            {
                lost += await ReadAsync(reader, shard, Math.Max(1, size - _buffer.Length), stop);
                Recovered();
            }
            else
            {
                await reader.WaitAsync(WaitFor(interval), _time, stop);
            }
            if (!_buffer.IsEmpty && (_buffer.Length >= size || _memory.IsExhausted || _time.GetElapsedTime(_filledSince) >= interval))
                return lost;
        }
    }

    private TimeSpan WaitFor(TimeSpan interval)
    {
        var look = _source.LookInterval ?? Timeout.InfiniteTimeSpan;
        if (_buffer.IsEmpty)
            return look;
        var rest = interval - _time.GetElapsedTime(_filledSince);
        rest = rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        return look == Timeout.InfiniteTimeSpan || rest < look ? rest : look;
    }

    private async ValueTask<long> ReadAsync(SourceReader reader, int shard, int room, CancellationToken stop)
    {
        var from = await reader.ReadAsync(shard, RebuildLimits with { MaxBytes = Math.Min(room, RebuildLimits.MaxBytes) }, _page, stop);
        if (_page.Count == 0 && _page.NextPosition <= from)
            return 0;
        var lost = AddPage(shard, from, long.MaxValue);
        _progress = Snapshot();
        return lost;
    }

    private long AddPage(int shard, long from, long end)
    {
        var before = _buffer.Length;
        var wasEmpty = _buffer.IsEmpty;
        var lost = _buffer.Add(shard, from, _page, end);
        if (wasEmpty)
            _filledSince = _time.GetTimestamp();
        _memory.Take(_buffer.Length - before);
        if (lost > 0)
            _log.LogError("Delivery stream {Stream}: {Lost} records of shard {Shard} from position {From} on had expired before they could be delivered", _stream.Name, lost, shard, from);
        return lost;
    }

    private async Task PutAsync(long sourceId, long lost, CancellationToken stop)
    {
        var destination = _stream.Destination;
        var oldest = DateTimeOffset.FromUnixTimeMilliseconds(_buffer.OldestArrivalUnixMs);
        var key = ObjectName.Of(_stream.Name, _stream.VersionId, destination, oldest, Guid.NewGuid());
        var pending = new PendingObject(sourceId, destination.Bucket, key, destination.Compression, _buffer.Ranges);
        _ledger.Begin(pending);
        await _sink.PutAsync(pending.Bucket, pending.Key, _buffer.Pack(pending.Compression), pending.Compression, stop);
        await CompleteAsync(pending, new DeliveryTotals(1, _buffer.Records, _buffer.Length, lost), stop);
    }

    /// <summary>Makes an object again that was begun before a crash or a failure, unless it is there already.</summary>
    private async Task FinishAsync(PendingObject pending, CancellationToken stop)
    {
        var there = await _sink.ExistsAsync(pending.Bucket, pending.Key, stop);
        var lost = await RebuildAsync(pending, stop);
        if (!there && _buffer.IsEmpty)
        {
            await CompleteAsync(pending, new DeliveryTotals(0, 0, 0, lost), stop);
            return;
        }
        if (!there)
            await _sink.PutAsync(pending.Bucket, pending.Key, _buffer.Pack(pending.Compression), pending.Compression, stop);
        else if (lost > 0)
            _log.LogInformation("Delivery stream {Stream}: {Key} holds the expired records; nothing is lost", _stream.Name, pending.Key);
        var records = there ? _buffer.Records + lost : _buffer.Records;
        await CompleteAsync(pending, new DeliveryTotals(1, records, _buffer.Length, there ? 0 : lost), stop);
    }

    private async Task<long> RebuildAsync(PendingObject pending, CancellationToken stop)
    {
        ClearBuffer();
        var view = _source.Look();
        if (view is null || view.Id != pending.SourceId)
        {
            var gone = pending.Ranges.Sum(range => range.Count);
            _log.LogError("Delivery stream {Stream}: {Lost} records of {Key} went with their deleted source", _stream.Name, gone, pending.Key);
            return gone;
        }
        long lost = 0;
        foreach (var range in pending.Ranges)
        {
            // A log that is not flushed on every append can end before what was read from it, once the machine lost power.
            var end = Math.Min(range.To, view.Log.GetExtent(range.Shard).End);
            for (var from = range.From; from < end; from = _page.NextPosition)
            {
                await view.Log.ReadAsync(range.Shard, from, RebuildLimits, _page, stop);
                if (_page.NextPosition <= from)
                    throw new IOException($"Position {from} of shard {range.Shard} can't be read.");
                lost += AddPage(range.Shard, from, end);
            }
        }
        return lost;
    }

    private async Task CompleteAsync(PendingObject pending, DeliveryTotals done, CancellationToken stop)
    {
        _ledger.Complete(pending, done);
        _totals += done;
        var newest = _buffer.NewestArrivalUnixMs;
        ClearBuffer();
        Recovered();
        _retry.Reset();
        _progress = Snapshot();
        await _source.ReleaseAsync(newest, stop);
    }

    private void ClearBuffer()
    {
        _memory.Return(_buffer.Length);
        _buffer.Clear();
    }

    private void Report(Exception failure)
    {
        var isNew = _lastError != failure.Message;
        _lastError = failure.Message;
        _progress = Snapshot();
        if (!isNew)
            return;
        if (failure is IOException or ObjectDisposedException)
            _log.LogWarning("Delivery stream {Stream} stands still and is retried: {Reason}", _stream.Name, failure.Message);
        else
            _log.LogError(failure, "Delivery stream {Stream} stands still and is retried", _stream.Name);
    }

    private void Recovered()
    {
        if (_lastError is null)
            return;
        _lastError = null;
        _progress = Snapshot();
        _log.LogInformation("Delivery stream {Stream} goes on", _stream.Name);
    }

    private DeliveryProgress Snapshot() => new(
        _buffer.Records,
        _buffer.Length,
        _buffer.IsEmpty ? null : DateTimeOffset.FromUnixTimeMilliseconds(_buffer.OldestArrivalUnixMs),
        _totals.Objects,
        _totals.Records,
        _totals.Bytes,
        _totals.LostRecords,
        _lastError);
}
