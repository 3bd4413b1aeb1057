using System.Globalization;
using Headrace.Delivery.Conversion;
using Headrace.Delivery.Processing;
using Headrace.Delivery.Progress;
using Headrace.Delivery.Sources;
using Headrace.ShardLog;
using Microsoft.Extensions.Logging;

namespace Headrace.Delivery;

public sealed partial class DeliveryService
{
    private const int LogSegmentBytes = 16 * 1024 * 1024;

    private DeliveryStream Describe(StoredDeliveryStream stored) => new(stored, _options.StateDelay, _options.Time);

    /// <summary>The ends of the source's shards now; nothing for a source that is not there yet, all of whose records will be newer.</summary>
    private (long? SourceId, List<KeyValuePair<int, long>> Positions) StartOf(DeliveryStreamDefinition definition)
    {
        if (definition.KinesisSource is not { } source)
            return (DirectPutLog.SourceId, []);
        if (!source.TryLocate(out var scope, out var name) || _streams.Find(scope, name) is not { } stream)
            return (null, []);
        return (stream.Id, stream.Shards.Select(shard => KeyValuePair.Create(shard.Index, stream.Log.GetExtent(shard.Index).End)).ToList());
    }

    private void Run(DeliveryStream stream)
    {
        IRecordSource source;
        if (stream.KinesisSource is { } kinesis && kinesis.TryLocate(out var scope, out var name))
            source = new DataStreamReader(_streams, scope, name);
        else
            source = stream.DirectPutLog = new DirectPutLog(OpenLog(stream, DirectoryOf(stream)));
        stream.Worker = new DeliveryWorker(
            stream,
            source,
            () => new ProcessedLog(OpenLog(stream, ProcessedDirectoryOf(stream))),
            _stores,
            new DeliveryLedger(_database, stream.Id) { Recorded = small => _compactor?.Take(stream, small) },
            PlansOf(stream),
            _http,
            _memory,
            _options,
            Logs,
            _log);
        _deliveryStreams[(stream.Scope, stream.Name)] = stream;
    }

    private ConversionPlans PlansOf(DeliveryStream stream) => new(_database, Catalog, stream.Scope, stream.Id);

    private IShardLog OpenLog(DeliveryStream stream, string directory)
    {
        var options = new LogOptions
        {
            Directory = directory,
            Durability = _options.Durability,
            SegmentBytes = LogSegmentBytes,
            Memory = _options.LogMemory,
            Disk = _options.Disk,
            Time = _options.Time,
        };
        var log = SegmentedLog.Open(options, out var report);
        if (report.DroppedBytes > 0)
            _log.LogWarning("Delivery stream {Stream}: the end of its log was torn, {Bytes} bytes were cut off: {Reason}", stream.Name, report.DroppedBytes, report.Reason);
        return log;
    }

    private string DirectoryOf(DeliveryStream stream) => Path.Combine(_options.Directory, stream.Id.ToString(CultureInfo.InvariantCulture));

    private string ProcessedDirectoryOf(DeliveryStream stream) => $"{DirectoryOf(stream)}.processed";

    private async Task FinishDeletionAsync(DeliveryStream stream)
    {
        await StopAsync(stream);
        try
        {
            await Task.Delay(_options.StateDelay, _options.Time, _stop.Token);
            Erase(stream);
            _deletions.TryRemove(stream.Id, out _);
        }
        catch (OperationCanceledException)
        {
            // The next start finds it marked and erases it.
        }
        catch (Exception failure)
        {
            _log.LogError(failure, "Delivery stream {Stream} is deleted, but its files or rows are not; the next start tries again", stream.Name);
        }
    }

    private static async Task StopAsync(DeliveryStream stream)
    {
        if (stream.Worker is { } worker)
        {
            stream.Worker = null;
            await worker.DisposeAsync();
        }
        if (stream.DirectPutLog is { } log)
        {
            stream.DirectPutLog = null;
            await log.DisposeAsync();
        }
    }

    /// <summary>Files first: as long as the row is there, a start that finds it marked does this again.</summary>
    private void Erase(DeliveryStream stream)
    {
        _options.Disk.DeleteDirectory(DirectoryOf(stream));
        _options.Disk.DeleteDirectory(ProcessedDirectoryOf(stream));
        _options.Disk.SyncDirectory(_options.Directory);
        _compactor?.Forget(stream);
        _tables.Remove(stream.Id);
        _deliveryStreams.TryRemove((stream.Scope, stream.Name), out _);
    }
}
