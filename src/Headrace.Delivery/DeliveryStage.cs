using System.Buffers.Binary;
using Headrace.Delivery.Compaction;
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

    // While objects are being put, so much more is cut for the next ones. Larger ones wait alone.
    private const int MaxWaiting = 4;
    private const long MaxWaitingBytes = 32 * 1024 * 1024;

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

    private readonly List<CutBuffer> _waiting = [];
    private ObjectsInFlight? _inFlight;
    private StagePositions? _positions;
    private long _newestSourceUnixMs;
    private long _lost;
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
        _positions = new StagePositions(_isProcessed, new Dictionary<int, long>(delivered), _ledger.Partitions);
        _lost = 0;
        using var reader = new SourceReader(view, delivered, _log);
        try
        {
            while (await StepAsync(reader, stop))
            {
            }
        }
        finally
        {
            // The buffers are theirs until then.
            if (_inFlight is { } left)
                await ((Task)left.Putting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _inFlight = null;
            _waiting.Clear();
        }
    }

    /// <summary>Puts what is due, and reads on meanwhile; false when all is delivered and the destination wants its records processed.</summary>
    private async Task<bool> StepAsync(SourceReader reader, CancellationToken stop)
    {
        var destination = _stream.Destination;
        var mustEmpty = MustProcess || !TryFollow(reader);
        Cut(mustEmpty ? [.. _buffers.Open] : _inFlight is null ? _buffers.Due(destination) : _buffers.Full(destination));
        if (_inFlight is null ? _waiting.Count > 0 : _inFlight.Putting.IsCompleted)
            await TurnOverAsync(reader.SourceId, stop);
        else if (mustEmpty && _inFlight is null)
            return MustProcess ? false : throw new SourceMissingException(_source.Name);
        else if (mustEmpty || !HasRoom(destination))
            await _inFlight!.Putting.WaitAsync(stop);
        else if (reader.TryTake(out var shard))
            await ReadAsync(reader, shard, RoomFor(destination), stop);
        else
            await reader.WaitAsync(WaitFor(destination), _inFlight?.Putting, _time, stop);
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

    /// <summary>Whether records may be read: beside objects that are being put, only so many more are gathered, and requests keep their order.</summary>
    private bool HasRoom(S3Destination destination) => _inFlight is null
        || (destination.Endpoint is null
            && !_buffers.IsMemoryExhausted
            && (_waiting.Count == 0 || (_waiting.Count < MaxWaiting && _waiting.Sum(cut => (long)cut.Buffer.Length) < MaxWaitingBytes)));

    /// <summary>How much to read at once: an object of a destination that isn't partitioned ends close to its size.</summary>
    private int RoomFor(S3Destination destination) =>
        _isProcessed ? PageLimits.MaxBytes : (int)Math.Clamp(destination.BufferBytes - _buffers.OpenBytes, 1, PageLimits.MaxBytes);

    private TimeSpan WaitFor(S3Destination destination)
    {
        var look = _source.LookInterval ?? Timeout.InfiniteTimeSpan;
        var due = _inFlight is null ? _buffers.UntilDue(destination) : Timeout.InfiniteTimeSpan;
        return look == Timeout.InfiniteTimeSpan || (due != Timeout.InfiniteTimeSpan && due < look) ? due : look;
    }

    private async ValueTask ReadAsync(SourceReader reader, int shard, int room, CancellationToken stop)
    {
        var from = await reader.ReadAsync(shard, PageLimits with { MaxBytes = room }, _page, stop);
        _report.Recovered();
        if (_page.Count == 0 && _page.NextPosition <= from)
            return;
        var expected = from;
        var destination = _stream.Destination;
        var expectedBytes = destination.IsPartitioned ? 0 : destination.BufferBytes;
        for (var i = 0; i < _page.Count; i++)
        {
            var record = _page[i];
            CountLost(shard, expected, record.Position);
            expected = record.Position + 1;
            Add(record, expectedBytes);
        }
        CountLost(shard, expected, _page.NextPosition);
        _positions!.Read(shard, _page.NextPosition);
        if (!_isProcessed)
            _stream.Traffic.Read(_page);
        CountWaiting();
        _progress = Snapshot();
    }

    private void Add(RecordView record, long expectedBytes)
    {
        var buffer = _buffers.Of(_isProcessed ? record.Key : default, expectedBytes);
        _newestSourceUnixMs = Math.Max(_newestSourceUnixMs, record.ArrivalUnixMs);
        Read?.Invoke(buffer.Partition, record.Position);
        if (buffer.Records == 0 && _positions!.IsDelivered(buffer.Partition, record.Position))
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

    private void CountLost(int shard, long expected, long found)
    {
        if (found <= expected)
            return;
        _lost += found - expected;
        _log.LogError("Delivery stream {Stream}: {Lost} records of shard {Shard} from position {From} on had expired before they could be delivered", _stream.Name, found - expected, shard, expected);
    }

    private void Cut(List<ObjectBuffer> due)
    {
        foreach (var buffer in due)
        {
            _waiting.Add(new CutBuffer(buffer, _positions!.Cut(buffer.Partition), _lost));
            _buffers.Cut(buffer);
            _lost = 0;
        }
    }

    /// <summary>Records, in one transaction, that the objects in flight are put and that those which wait for them are about to be; begins to put these.</summary>
    private async Task TurnOverAsync(long sourceId, CancellationToken stop)
    {
        var done = _inFlight;
        var small = done is null ? [] : await done.Putting;
        var pending = _waiting.ConvertAll(cut => _delivery.Name(cut.Buffer, sourceId, cut.Ranges));
        if (done is null)
            _ledger.Begin(pending);
        else
            Complete(done, small, pending);
        _inFlight = _waiting.Count == 0 ? null : Put([.. _waiting], pending, stop);
        _waiting.Clear();
        if (done is not null)
            await ReleaseAsync(stop);
    }

    private void Complete(ObjectsInFlight done, IReadOnlyList<SmallObject> small, List<PendingObject> next)
    {
        foreach (var cut in done.Cuts)
            _buffers.Remove(cut.Buffer);
        var advance = _positions!.After(done, _buffers.All) with { Small = small };
        _ledger.Complete(advance, next);
        _positions.Advance(advance, done);
        foreach (var item in done.Pending)
            Delivered?.Invoke(item.Partition, item.End);
        _delivery.Count(advance.Done);
        _stream.Traffic.Deliver();
        CountWaiting();
        _report.Recovered();
        _progress = Snapshot();
    }

    private ObjectsInFlight Put(List<CutBuffer> cuts, List<PendingObject> pending, CancellationToken stop) =>
        new(cuts, pending, Task.Run(() => PutAsync(pending, cuts.ConvertAll(cut => cut.Buffer), stop), CancellationToken.None));

    private async Task<IReadOnlyList<SmallObject>> PutAsync(List<PendingObject> pending, List<ObjectBuffer> buffers, CancellationToken stop)
    {
        using (DeliveryTraces.Begin(_stream, pending, _isProcessed ? null : _source.Look()?.Log.Traces))
            return await _delivery.PutAsync(pending, buffers, stop);
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
