using System.Buffers;
using Headrace.Delivery.Conversion;
using Headrace.Delivery.Functions;
using Headrace.Delivery.Partitions;
using Headrace.Delivery.Programs;
using Headrace.Delivery.Progress;
using Headrace.Delivery.Sources;
using Headrace.ShardLog;
using Microsoft.Extensions.Logging;

namespace Headrace.Delivery.Processing;

/// <summary>
/// Reads the source, has its records processed, and appends what becomes of them to the log that delivery reads. What a
/// processor says is asked for once and then durable, so that delivering again after a crash finds the same records in the
/// same partitions, however the processor would answer today. Not thread-safe; one task runs it.
/// </summary>
internal sealed class ProcessingStage(
    DeliveryStream stream,
    IRecordSource source,
    ProcessedLog processed,
    DeliveryLedger ledger,
    ConversionPlans plans,
    FunctionEndpoint functions,
    IReadOnlyDictionary<string, Func<IRecordProgram>> programs,
    ActivePartitions active,
    TimeProvider time,
    StageReport report,
    ILogger log) : IDisposable
{
    // Small pages keep the work between two checkpoints small.
    private const int MaxPageRecords = 5_000;
    private const int MaxPageBytes = 1024 * 1024;
    private const long MaxUndeliveredBytes = 64L * 1024 * 1024;

    private static readonly TimeSpan BacklogLook = TimeSpan.FromMilliseconds(20);

    private readonly RecordPage _page = new();
    private readonly WorkBatch _work = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Queue<(long End, long Bytes)> _appended = [];
    private readonly List<PartitionName> _written = [];
    private readonly AggregateOpener? _aggregates = stream.KinesisSource is null ? null : new AggregateOpener();
    private RecordProcessor? _processor;
    private long _undelivered;
    private long _readByDelivery;

    // What is gathered for the processors: since when, how much, and how new the newest of it is.
    private long? _gatheredSince;
    private int _gatheredBytes;
    private long? _newestArrivalUnixMs;

    /// <summary>Delivery has read up to a position.</summary>
    public void ReadUpTo(long position) => Volatile.Write(ref _readByDelivery, position + 1);

    /// <summary>Processes page after page until something fails.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var checkpoint = await processed.ReadCheckpointAsync(stop) ?? throw new InvalidOperationException("The log begins with a checkpoint.");
        var view = source.Look() ?? throw new SourceMissingException(source.Name);
        var next = checkpoint.SourceId == view.Id ? checkpoint.Positions.ToDictionary() : [];
        using var reader = new SourceReader(view, next.ToDictionary(), log);
        Forget();
        while (true)
        {
            if (source.Look() is not { } now || now.Id != view.Id)
                throw new SourceMissingException(source.Name);
            reader.Follow(now);
            await AwaitDeliveryAsync(stop);
            if (reader.TryTake(out var shard))
                await GatherAsync(reader, shard, next, stop);
            else
                await reader.WaitAsync(WaitFor(), null, time, stop);
            if (IsDue())
                await ProcessAsync(next, view.Id, stop);
        }
    }

    public void Dispose()
    {
        _page.Dispose();
        _work.Dispose();
        _aggregates?.Dispose();
        _processor?.Dispose();
    }

    private async Task GatherAsync(SourceReader reader, int shard, Dictionary<int, long> next, CancellationToken stop)
    {
        var from = await reader.ReadAsync(shard, new ReadLimits(MaxPageRecords, MaxPageBytes), _page, stop);
        if (_page.Count == 0 && _page.NextPosition <= from)
            return;
        stream.Traffic.Read(_page);
        Take(shard, from);
        next[shard] = _page.NextPosition;
        _gatheredSince ??= time.GetTimestamp();
        _gatheredBytes += _page.ByteLength;
        if (_page.Count > 0)
            _newestArrivalUnixMs = _page[_page.Count - 1].ArrivalUnixMs;
    }

    /// <summary>Only a function wants its records in larger batches, and waits for them.</summary>
    private (int Bytes, TimeSpan Interval) Hints => ProcessorNow().Hints;

    private bool IsDue() => _gatheredSince is { } since && Hints is var hints
        && (_gatheredBytes >= hints.Bytes || _work.Records.Count >= MaxPageRecords || time.GetElapsedTime(since) >= hints.Interval);

    private TimeSpan WaitFor()
    {
        var look = source.LookInterval ?? Timeout.InfiniteTimeSpan;
        if (_gatheredSince is not { } since)
            return look;
        var rest = Hints.Interval - time.GetElapsedTime(since);
        rest = rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        return look == Timeout.InfiniteTimeSpan || rest < look ? rest : look;
    }

    private async Task ProcessAsync(Dictionary<int, long> next, long sourceId, CancellationToken stop)
    {
        using var batch = new RecordBatch(_gatheredBytes + (64 * 1024), _work.Records.Count + 8);
        var processor = ProcessorNow();
        _written.Clear();
        if (processor.Destination is { BacksUp: true, Backup: not null })
            WriteBackup(batch);
        await processor.RunAsync(_work, stop);
        Write(batch);
        await processed.AppendAsync(batch, new SourceCheckpoint(sourceId, next), stop);
        Settle(batch);
        report.Recovered();
        var newest = _newestArrivalUnixMs;
        Forget();
        if (newest is { } arrival)
            await source.ReleaseAsync(arrival, stop);
    }

    private void Forget()
    {
        _work.Clear();
        _gatheredSince = null;
        _gatheredBytes = 0;
        _newestArrivalUnixMs = null;
    }

    private void Take(int shard, long from)
    {
        var expected = from;
        for (var i = 0; i < _page.Count; i++)
        {
            var record = _page[i];
            CountLost(shard, expected, record.Position);
            expected = record.Position + 1;
            var origin = new RecordOrigin(shard, record.Position, 0, record.ArrivalUnixMs);
            if (_aggregates?.TryOpen(record.Data) != true)
            {
                Take(record.Data, record.Key, origin);
                continue;
            }
            for (var part = 0; part < _aggregates.Count; part++)
                Take(_aggregates[part], _aggregates.KeyOf(part), origin with { SubSequence = part });
        }
        CountLost(shard, expected, _page.NextPosition);
    }

    private void Take(ReadOnlySpan<byte> data, ReadOnlySpan<byte> key, RecordOrigin origin)
    {
        var slice = _work.Arena.Add(data);
        _work.Records.Add(new WorkRecord(slice, slice, origin, PartitionName.Whole, _work.Arena.Add(key)));
    }

    private void CountLost(int shard, long expected, long found)
    {
        if (found <= expected)
            return;
        ledger.CountLost(found - expected);
        log.LogError("Delivery stream {Stream}: {Lost} records of shard {Shard} from position {From} on had expired before they could be processed", stream.Name, found - expected, shard, expected);
    }

    /// <summary>The processor of the destination as it is now.</summary>
    private RecordProcessor ProcessorNow()
    {
        var destination = stream.Destination;
        if (_processor is not null && ReferenceEquals(_processor.Destination, destination))
            return _processor;
        _processor?.Dispose();
        return _processor = new RecordProcessor(
            destination,
            plans,
            lambda => new FunctionStep(lambda, functions, new FunctionRequest(stream, source), report, time),
            StartProgram);
    }

    private IRecordProgram StartProgram(string name) => programs.TryGetValue(name, out var start)
        ? start()
        : throw new DeliveryStandstillException("Exec.NoSuchProgram", $"The server knows no program {name}; start it with --program {name}=COMMAND.");

    /// <summary>The records as they came.</summary>
    private void WriteBackup(RecordBatch batch)
    {
        foreach (var record in _work.Records)
            Write(batch, PartitionName.SourceBackup, record.Origin, _work.Arena[record.Original], default);
    }

    private void Write(RecordBatch batch)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var record in _work.Records)
        {
            if (active.TryEnter(record.Partition))
                Write(batch, record.Partition, record.Origin, _work.Arena[record.Data], _processor!.Delimiter);
            else
                _work.Failed.Add(new FailedRecord(record, ErrorOutputTypes.ActivePartitionExceeded, "DynamicPartitioning.ActivePartitionExceeded", "The limit of active partitions is reached"));
        }
        foreach (var alike in _work.Failed.GroupBy(failed => (failed.ErrorCode, failed.LambdaArn)))
            report.Failed(alike.Count(), alike.Key.ErrorCode, alike.First().ErrorMessage, alike.Key.LambdaArn);
        foreach (var failed in _work.Failed)
        {
            _line.ResetWrittenCount();
            var origin = failed.Record.Origin;
            FailureLines.Write(_line, failed, _work.Arena[failed.Record.Original], source.NumberOf(origin.Shard, origin.Position, origin.ArrivalUnixMs), now);
            Write(batch, PartitionName.Failed(failed.ErrorOutputType), origin, _line.WrittenSpan, default);
        }
    }

    private void Write(RecordBatch batch, PartitionName partition, RecordOrigin origin, ReadOnlySpan<byte> data, ReadOnlySpan<byte> delimiter)
    {
        ProcessedLog.Add(batch, partition, origin.ArrivalUnixMs, data, delimiter);
        _written.Add(partition);
    }

    /// <summary>Remembers where the batch's records are, until they are delivered.</summary>
    private void Settle(RecordBatch batch)
    {
        if (_written.Count == 0)
            return;
        long bytes = 0;
        for (var i = 0; i < _written.Count; i++)
        {
            if (!_written[i].IsFailure && !_written[i].IsBackup)
                active.Place(_written[i], batch.PositionOf(i));
            bytes += batch.DataOf(i).Length;
        }
        _appended.Enqueue((batch.PositionOf(_written.Count - 1) + 1, bytes));
        _undelivered += bytes;
    }

    /// <summary>Waits while delivery is far behind: what is not processed yet is safe in the source.</summary>
    private async Task AwaitDeliveryAsync(CancellationToken stop)
    {
        while (true)
        {
            var read = Volatile.Read(ref _readByDelivery);
            while (_appended.TryPeek(out var oldest) && oldest.End <= read)
                _undelivered -= _appended.Dequeue().Bytes;
            if (_undelivered <= MaxUndeliveredBytes)
                return;
            await Task.Delay(BacklogLook, time, stop);
        }
    }
}
