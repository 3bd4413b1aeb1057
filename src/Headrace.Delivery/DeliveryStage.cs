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
/// asks for it. Not thread-safe; one task runs it.
/// </summary>
internal sealed class DeliveryStage : IDisposable
{
    private static readonly ReadLimits PageLimits = new(MaxRecords: 10_000, MaxBytes: 4 * 1024 * 1024);

    // Beyond so many, what is not needed any longer is looked for after every delivery.
    private const int MaxRemembered = 1_000;

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

    private Dictionary<int, long> _committed = [];
    private Dictionary<int, long> _next = [];
    private Dictionary<string, long> _ahead = new(StringComparer.Ordinal);
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
                _ledger.Complete(advance);
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
        _committed = _ledger.Positions;
        _ahead = _ledger.Partitions;
        _next = new Dictionary<int, long>(_committed);
        using var reader = new SourceReader(view, new Dictionary<int, long>(_committed), _log);
        while (true)
        {
            var due = await FillAsync(reader, stop);
            if (due.Count > 0)
                await PutAsync(due, reader.SourceId, stop);
            if (MustProcess && _buffers.IsEmpty)
                return;
        }
    }

    /// <summary>Buffers records until some partitions' objects are due.</summary>
    private async Task<List<ObjectBuffer>> FillAsync(SourceReader reader, CancellationToken stop)
    {
        while (true)
        {
            var destination = _stream.Destination;
            if (_source.Look() is { } view && view.Id == reader.SourceId)
                reader.Follow(view);
            else if (_buffers.IsEmpty)
                throw new SourceMissingException(_source.Name);
            else
                return [.. _buffers.All];
            if (MustProcess)
                return [.. _buffers.All];

            if (reader.TryTake(out var shard))
            {
                // An object of a destination that isn't partitioned ends close to its size.
                var room = _isProcessed ? PageLimits.MaxBytes : (int)Math.Clamp(destination.BufferBytes - _buffers.Bytes, 1, PageLimits.MaxBytes);
                await ReadAsync(reader, shard, room, stop);
                _report.Recovered();
            }
            else
            {
                await reader.WaitAsync(WaitFor(destination), _time, stop);
            }
            var due = _buffers.Due(destination);
            if (due.Count > 0)
                return due;
        }
    }

    private TimeSpan WaitFor(S3Destination destination)
    {
        var look = _source.LookInterval ?? Timeout.InfiniteTimeSpan;
        var due = _buffers.UntilDue(destination);
        return look == Timeout.InfiniteTimeSpan || (due != Timeout.InfiniteTimeSpan && due < look) ? due : look;
    }

    private async ValueTask ReadAsync(SourceReader reader, int shard, int room, CancellationToken stop)
    {
        var from = await reader.ReadAsync(shard, PageLimits with { MaxBytes = room }, _page, stop);
        if (_page.Count == 0 && _page.NextPosition <= from)
            return;
        var expected = from;
        for (var i = 0; i < _page.Count; i++)
        {
            var record = _page[i];
            CountLost(shard, expected, record.Position);
            expected = record.Position + 1;
            Add(record);
        }
        CountLost(shard, expected, _page.NextPosition);
        _next[shard] = _page.NextPosition;
        if (!_isProcessed)
            _stream.Traffic.Read(_page);
        CountWaiting();
        _progress = Snapshot();
    }

    private void Add(RecordView record)
    {
        var buffer = _buffers.Of(_isProcessed ? record.Key : default);
        _newestSourceUnixMs = Math.Max(_newestSourceUnixMs, record.ArrivalUnixMs);
        Read?.Invoke(buffer.Partition, record.Position);
        if (buffer.Records == 0 && _ahead.TryGetValue(buffer.Partition.Text, out var delivered) && record.Position < delivered)
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

    private async Task PutAsync(List<ObjectBuffer> due, long sourceId, CancellationToken stop)
    {
        var pending = due.ConvertAll(buffer => _delivery.Name(buffer, sourceId, RangesOf(buffer)));
        _ledger.Begin(pending);
        using (DeliveryTraces.Begin(_stream, pending, _isProcessed ? null : _source.Look()?.Log.Traces))
            await _delivery.PutAsync(pending, due, stop);
        var done = new DeliveryTotals(due.Count, due.Sum(buffer => (long)buffer.Records), due.Sum(buffer => (long)buffer.Length), _lost);
        foreach (var buffer in due)
            _buffers.Remove(buffer);
        await CompleteAsync(pending, done, stop);
    }

    private async Task CompleteAsync(List<PendingObject> pending, DeliveryTotals done, CancellationToken stop)
    {
        var committed = Committable();
        var ahead = _isProcessed && !_buffers.IsEmpty
            ? pending.Select(item => KeyValuePair.Create(item.Partition, item.End)).Where(item => item.Value > committed[0].Value).ToList()
            : [];
        _ledger.Complete(new DeliveryAdvance(committed, ahead, done));
        _lost = 0;
        foreach (var (shard, position) in committed)
            _committed[shard] = position;
        foreach (var (partition, position) in ahead)
            _ahead[partition.Text] = position;
        ForgetCaughtUp();
        foreach (var item in pending)
            Delivered?.Invoke(item.Partition, item.End);
        _delivery.Count(done);
        _stream.Traffic.Deliver();
        CountWaiting();
        _report.Recovered();
        _progress = Snapshot();
        var oldestHeld = _buffers.IsEmpty ? _newestSourceUnixMs : _buffers.All.Min(buffer => buffer.OldestSourceUnixMs);
        await _source.ReleaseAsync(oldestHeld, stop);
    }

    /// <summary>Partitions that are not ahead any longer need no position of their own, however many there were.</summary>
    private void ForgetCaughtUp()
    {
        if (_ahead.Count <= MaxRemembered)
            return;
        foreach (var caughtUp in _ahead.Where(entry => entry.Value <= _committed.GetValueOrDefault(ProcessedLog.RecordShard)).Select(entry => entry.Key).ToList())
            _ahead.Remove(caughtUp);
    }

    /// <summary>Up to where everything of each shard is delivered once the buffers that are due are.</summary>
    private List<KeyValuePair<int, long>> Committable() => _isProcessed && !_buffers.IsEmpty
        ? [KeyValuePair.Create(ProcessedLog.RecordShard, _buffers.All.Min(buffer => buffer.FirstPosition))]
        : [.. _next];

    /// <summary>The positions that a buffer's object answers for: what was read and is not delivered yet.</summary>
    private List<ShardRange> RangesOf(ObjectBuffer buffer)
    {
        var ranges = new List<ShardRange>();
        foreach (var (shard, next) in _next)
        {
            var from = Math.Max(_committed.GetValueOrDefault(shard), _isProcessed ? _ahead.GetValueOrDefault(buffer.Partition.Text) : 0);
            if (next > from)
                ranges.Add(new ShardRange(shard, from, next));
        }
        return ranges;
    }

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
