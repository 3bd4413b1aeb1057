using Headrace.Delivery.Compaction;
using Headrace.Delivery.Conversion;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Endpoints;
using Headrace.Delivery.ErrorLogs;
using Headrace.Delivery.Functions;
using Headrace.Delivery.Partitions;
using Headrace.Delivery.Processing;
using Headrace.Delivery.Progress;
using Headrace.Delivery.Sources;
using Microsoft.Extensions.Logging;

namespace Headrace.Delivery;

/// <summary>
/// Carries one delivery stream's records from its source to its destination, each exactly once: what an object will hold
/// is recorded before the object is put, and the positions move when it was. Whatever fails, a stage starts over from
/// what is recorded, so a crash and a failure take the same way.
/// </summary>
internal sealed class DeliveryWorker : IAsyncDisposable
{
    private readonly DeliveryStream _stream;
    private readonly IRecordSource _source;
    private readonly Func<ProcessedLog> _openProcessed;
    private readonly ObjectStores _stores;
    private readonly DeliveryLedger _ledger;
    private readonly ConversionPlans _plans;
    private readonly HttpClient _http;
    private readonly BufferMemory _memory;
    private readonly DeliveryOptions _options;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly StageReport _deliveryReport;
    private readonly StageReport _processingReport;
    private readonly Task _running;
    private volatile DeliveryStage _stage;

    public DeliveryWorker(DeliveryStream stream, IRecordSource source, Func<ProcessedLog> openProcessed, ObjectStores stores, DeliveryLedger ledger, ConversionPlans plans, HttpClient http, BufferMemory memory, DeliveryOptions options, DeliveryLogs errors, ILogger log)
    {
        _stream = stream;
        _source = source;
        _openProcessed = openProcessed;
        _stores = stores;
        _ledger = ledger;
        _plans = plans;
        _http = http;
        _memory = memory;
        _options = options;
        _log = log;
        _deliveryReport = new StageReport(stream, errors, log);
        _processingReport = new StageReport(stream, errors, log);
        _stage = NewStage(source, isProcessed: false, null, null);
        _running = Task.Run(RunAsync);
    }

    public DeliveryProgress Progress
    {
        get
        {
            var progress = _stage.Progress;
            return progress with { LastError = progress.LastError ?? _processingReport.LastError };
        }
    }

    /// <summary>Stops at once; what is buffered stays in the source and is delivered by the next worker.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using (var direct = _stage)
        {
            if (!await RepeatAsync(stop => _ledger.IsProcessed ? Task.CompletedTask : direct.RunAsync(stop), _deliveryReport))
                return;
        }
        ProcessedLog? processed = null;
        try
        {
            if (!await RepeatAsync(async stop => processed = await EnterProcessingAsync(processed ?? _openProcessed(), stop), _deliveryReport))
                return;
            var active = new ActivePartitions(_options.MaxActivePartitions);
            using var processing = new ProcessingStage(_stream, _source, processed!, _ledger, _plans, new FunctionEndpoint(_http, _options), _options.Programs, active, _options.Time, _processingReport, _log);
            using var delivery = NewStage(processed!, isProcessed: true, active, processing);
            _stage = delivery;
            await Task.WhenAll(RepeatAsync(processing.RunAsync, _processingReport), RepeatAsync(delivery.RunAsync, _deliveryReport));
        }
        finally
        {
            if (processed is not null)
                await processed.DisposeAsync();
        }
    }

    private DeliveryStage NewStage(IRecordSource source, bool isProcessed, ActivePartitions? active, ProcessingStage? processing) =>
        new(_stream, source, isProcessed, _ledger, NewObjectDelivery(), _memory, _options.Time, _deliveryReport, _log)
        {
            Delivered = active is null ? null : active.Leave,
            Read = processing is null ? null : (_, position) => processing.ReadUpTo(position),
        };

    private ObjectDelivery NewObjectDelivery() =>
        new(_stream, _stores, new EndpointDelivery(_http, _stream, _deliveryReport, _options.EndpointTimeout, _options.Time), _plans, _ledger, new SmallObjects(_stream, _options.Time), _log);

    /// <summary>From now on the source's records go through the log of processed ones, from where delivery is.</summary>
    private async Task<ProcessedLog> EnterProcessingAsync(ProcessedLog processed, CancellationToken stop)
    {
        if (_ledger.IsProcessed)
            return processed;
        using var nothing = new ShardLog.RecordBatch();
        await processed.AppendAsync(nothing, new SourceCheckpoint(_ledger.SourceId, _ledger.Positions), stop);
        _ledger.EnterProcessing(ProcessedLog.SourceId);
        return processed;
    }

    /// <summary>Runs a stage until it ends by itself, over and over after failures; false when the worker stops.</summary>
    private async Task<bool> RepeatAsync(Func<CancellationToken, Task> run, StageReport report)
    {
        var stop = _stop.Token;
        var retry = new RetryDelay();
        while (!stop.IsCancellationRequested)
        {
            var since = _options.Time.GetTimestamp();
            Func<CancellationToken, Task>? remedy;
            try
            {
                await run(stop);
                return true;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return false;
            }
            catch (Exception failure)
            {
                report.Failed(failure);
                remedy = (failure as DeliveryStandstillException)?.Remedy;
            }
            // What ran well for a while is tried again soon.
            if (_options.Time.GetElapsedTime(since) > RetryDelay.Longest)
                retry.Reset();
            await AwaitRetryAsync(retry, remedy, stop);
        }
        return false;
    }

    /// <summary>Waits for the next attempt's time, or until what stands in its way is gone.</summary>
    private async Task AwaitRetryAsync(RetryDelay retry, Func<CancellationToken, Task>? remedy, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var delay = Task.Delay(retry.Next(), _options.Time, ended.Token);
        var remedied = remedy?.Invoke(ended.Token);
        await Task.WhenAny(remedied is null ? [delay] : [delay, remedied]);
        if (remedied?.IsCompletedSuccessfully == true)
            retry.Reset();
        else
            await delay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ended.CancelAsync();
    }
}
