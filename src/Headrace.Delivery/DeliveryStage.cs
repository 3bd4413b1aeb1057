using System.Buffers.Binary;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Partitions;
using Headrace.Delivery.Processing;
using Headrace.Delivery.Progress;
using Headrace.Delivery.Sources;
using Headrace.ShardLog;
using Microsoft.Extensions.Logging;

namespace Headrace.Delivery;

/// <summary>
/// Reads records, keeps them in a buffer for each partition, and puts a buffer as an object when its size or its interval
/// asks for it. While objects are being put it reads on, and cuts what is full for the next ones. Not thread-safe; one task runs it.
/// </summary>
internal sealed class DeliveryStage : IDisposable
{
    private static readonly ReadLimits PageLimits = new(MaxRecords: 10_000, MaxBytes: 4 * 1024 * 1024);

    private readonly DeliveryStream _stream;
    private readonly IRecordSource _source;
    private readonly DeliveryLedger _ledger;
    private readonly ObjectDelivery _delivery;
    private readonly PartitionBuffers _buffers;
    private readonly RecordPage _page = new();
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly StageReport _report;
    private readonly bool _isProcessed;

    // Only a data stream's records can be aggregates, and processed ones are open already.
    private readonly AggregateOpener? _aggregates;

    private long _newestSourceUnixMs;
    private volatile DeliveryProgress _progress;

    /// <param name="stream">Whose.</param>
    /// <param name="source">Where the records come from: the delivery stream's source, or the log of processed ones.</param>
    /// <param name="isProcessed">Which of the two.</param>
    /// <param name="ledger">Keeps how far it is.</param>
    /// <param name="delivery">Names and puts objects.</param>
    /// <param name="memory">What all buffers share.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Told of failures and of their end.</param>
    /// <param name="log">Told of losses.</param>
    public DeliveryStage(DeliveryStream stream, IRecordSource source, bool isProcessed, DeliveryLedger ledger, ObjectDelivery delivery, BufferMemory memory, TimeProvider time, StageReport report, ILogger log)
    {
        _stream = stream;
        _source = source;
        _isProcessed = isProcessed;
        _ledger = ledger;
        _delivery = delivery;
        _buffers = new PartitionBuffers(memory, time);
        _aggregates = isProcessed || stream.KinesisSource is null ? null : new AggregateOpener();
        _time = time;
        _report = report;
        _log = log;
        _progress = Snapshot();
    }

    public DeliveryProgress Progress => _progress with { LastError = _report.LastError };

    /// <summary>Called when records of a partition are delivered up to a position.</summary>
    public Action<PartitionName, long>? Delivered { get; init; }

    /// <summary>Called when records up to a position are read.</summary>
    public Action<PartitionName, long>? Read { get; init; }

    /// <summary>Delivers object after object until something fails, or until the destination wants its records processed first.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            var pending = _ledger.Pending;
            if (pending.Count > 0)
            {
                var advance = await _delivery.FinishAsync(pending, _source.Look(), _isProcessed, stop);
                _ledger.Complete(advance, []);
                _delivery.Count(advance.Done);
                _report.Recovered();
                _progress = Snapshot();
            }
            if (MustProcess)
                return;
            await DeliverAsync(stop);
        }
        finally
        {
            _buffers.Clear();
            _progress = Snapshot();
        }
    }

    public void Dispose()
    {
        _page.Dispose();
        _aggregates?.Dispose();
    }

    private bool MustProcess => !_isProcessed && ProcessingNeed.Of(_stream.Destination);

    private async Task DeliverAsync(CancellationToken stop)
    {
        var view = _source.Look() ?? throw new SourceMissingException(_source.Name);
        if (_ledger.SourceId != view.Id)
            _ledger.Bind(view.Id);
        var delivered = _ledger.Positions;
        var positions = new StagePositions(_isProcessed, new Dictionary<int, long>(delivered), _ledger.Partitions);
        var objects = new ObjectTurnover(_stream, _source, view.Id, _isProcessed, positions, _buffers, _ledger, _delivery) { Delivered = Delivered };
        using var reader = new SourceReader(view, delivered, _log);
        try
        {
            while (await StepAsync(reader, positions, objects, stop))
            {
            }
        }
        finally
        {
            await objects.AbandonAsync();
        }
    }

    /// <summary>Puts what is due, and reads on meanwhile; false when all is delivered and the destination wants its records processed.</summary>
    private async Task<bool> StepAsync(SourceReader reader, StagePositions positions, ObjectTurnover objects, CancellationToken stop)
    {
        var destination = _stream.Destination;
        var mustEmpty = MustProcess || !TryFollow(reader);
        objects.Cut(mustEmpty ? [.. _buffers.Open] : objects.Putting is null ? _buffers.Due(destination) : _buffers.Full(destination));
        if (objects.IsDue)
            await TurnOverAsync(objects, stop);
        else if (mustEmpty && objects.Putting is null)
            return MustProcess ? false : throw new SourceMissingException(_source.Name);
        else if (objects.Putting is { } putting && (mustEmpty || !HasRoom(destination, objects)))
            await putting.WaitAsync(stop);
        else if (reader.TryTake(out var shard))
            await ReadAsync(reader, shard, positions, objects, stop);
        else
            await reader.WaitAsync(WaitFor(destination, objects), objects.Putting, _time, stop);
        return true;
    }

    /// <summary>Takes up what changed in the source; false when there is another one, or none.</summary>
    private bool TryFollow(SourceReader reader)
    {
        if (_source.Look() is not { } view || view.Id != reader.SourceId)
            return false;
        reader.Follow(view);
        return true;
    }

    /// <summary>Whether records may be read while objects are being put: only so many more are gathered, and requests keep their order.</summary>
    private bool HasRoom(S3Destination destination, ObjectTurnover objects) => destination.Endpoint is null && !_buffers.IsMemoryExhausted && objects.HasRoom;

    /// <summary>How much to read at once: an object of a destination that isn't partitioned ends close to its size.</summary>
    private int RoomFor(S3Destination destination) =>
        _isProcessed ? PageLimits.MaxBytes : (int)Math.Clamp(destination.BufferBytes - _buffers.OpenBytes, 1, PageLimits.MaxBytes);

    private TimeSpan WaitFor(S3Destination destination, ObjectTurnover objects)
    {
        var look = _source.LookInterval ?? Timeout.InfiniteTimeSpan;
        var due = objects.Putting is null ? _buffers.UntilDue(destination) : Timeout.InfiniteTimeSpan;
        return look == Timeout.InfiniteTimeSpan || (due != Timeout.InfiniteTimeSpan && due < look) ? due : look;
    }

    private async ValueTask ReadAsync(SourceReader reader, int shard, StagePositions positions, ObjectTurnover objects, CancellationToken stop)
    {
        var destination = _stream.Destination;
        var from = await reader.ReadAsync(shard, PageLimits with { MaxBytes = RoomFor(destination) }, _page, stop);
        _report.Recovered();
        if (_page.Count == 0 && _page.NextPosition <= from)
            return;
        var expected = from;
        var expectedBytes = destination.IsPartitioned ? 0 : destination.BufferBytes;
        for (var i = 0; i < _page.Count; i++)
        {
            var record = _page[i];
            CountLost(objects, shard, expected, record.Position);
            expected = record.Position + 1;
            Add(record, positions, expectedBytes);
        }
        CountLost(objects, shard, expected, _page.NextPosition);
        positions.Read(shard, _page.NextPosition);
        if (!_isProcessed)
            _stream.Traffic.Read(_page);
        CountWaiting();
        _progress = Snapshot();
    }

    private void Add(RecordView record, StagePositions positions, long expectedBytes)
    {
        var buffer = _buffers.Of(_isProcessed ? record.Key : default, expectedBytes);
        _newestSourceUnixMs = Math.Max(_newestSourceUnixMs, record.ArrivalUnixMs);
        Read?.Invoke(buffer.Partition, record.Position);
        if (buffer.Records == 0 && positions.IsDelivered(buffer.Partition, record.Position))
        {
            _buffers.Remove(buffer);
            return;
        }
        if (buffer.Records == 0 && _stream.Destination.Endpoint is not null)
            buffer.KeepApart();
        if (_isProcessed)
            _buffers.Add(buffer, record.Data[sizeof(long)..], record.Position, BinaryPrimitives.ReadInt64LittleEndian(record.Data), record.ArrivalUnixMs);
        else if (_aggregates?.TryOpen(record.Data) == true)
            AddAll(buffer, record.Position, record.ArrivalUnixMs);
        else
            _buffers.Add(buffer, record.Data, record.Position, record.ArrivalUnixMs, record.ArrivalUnixMs);
    }

    private void AddAll(ObjectBuffer buffer, long position, long arrivalUnixMs)
    {
        for (var i = 0; i < _aggregates!.Count; i++)
            _buffers.Add(buffer, _aggregates[i], position, arrivalUnixMs, arrivalUnixMs);
    }

    private void CountWaiting()
    {
        if (!_buffers.IsEmpty)
            _stream.Traffic.Wait(_buffers.OldestArrivalUnixMs);
    }

    private void CountLost(ObjectTurnover objects, int shard, long expected, long found)
    {
        if (found <= expected)
            return;
        objects.Lose(found - expected);
        _log.LogError("Delivery stream {Stream}: {Lost} records of shard {Shard} from position {From} on had expired before they could be delivered", _stream.Name, found - expected, shard, expected);
    }

    private async Task TurnOverAsync(ObjectTurnover objects, CancellationToken stop)
    {
        if (!await objects.TurnOverAsync(stop))
            return;
        CountWaiting();
        _report.Recovered();
        _progress = Snapshot();
        await ReleaseAsync(stop);
    }

    private ValueTask ReleaseAsync(CancellationToken stop) =>
        _source.ReleaseAsync(_buffers.IsEmpty ? _newestSourceUnixMs : _buffers.All.Min(buffer => buffer.OldestSourceUnixMs), stop);

    private DeliveryProgress Snapshot()
    {
        var totals = _delivery.Totals;
        return new DeliveryProgress(
            _buffers.Records,
            _buffers.Bytes,
            _buffers.IsEmpty ? null : DateTimeOffset.FromUnixTimeMilliseconds(_buffers.OldestArrivalUnixMs),
            totals.Objects,
            totals.Records,
            totals.Bytes,
            totals.LostRecords,
            null);
    }
}
