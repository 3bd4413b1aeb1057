using System.Buffers.Binary;
using Headrace.Delivery.Partitions;
using Headrace.Delivery.Sources;
using Headrace.ShardLog;

namespace Headrace.Delivery.Processing;

/// <summary>
/// The log of what processing made of the source's records, each with its partition and the time when its original arrived.
/// Every append ends with how far the source was read, so that both become durable together and no record is ever
/// processed into the log twice. Thread-safe for one appender and one reader.
/// </summary>
internal sealed class ProcessedLog(IShardLog log) : IRecordSource, IAsyncDisposable
{
    /// <summary>The shard of records; the other one holds checkpoints.</summary>
    public const int RecordShard = 0;

    /// <summary>No stream has this number.</summary>
    public const long SourceId = -1;

    private const int CheckpointShard = 1;

    private readonly SourceView _view = new(SourceId, log, [(RecordShard, true)]);

    public string Name => "log of processed records";

    public TimeSpan? LookInterval { get; } = TimeSpan.FromSeconds(1);

    public SourceView Look() => _view;

    public async ValueTask ReleaseAsync(long unixMilliseconds, CancellationToken cancellation) => await log.TrimAsync(unixMilliseconds, cancellation);

    /// <summary>Adds a record to a batch.</summary>
    public static void Add(RecordBatch batch, PartitionName partition, long arrivalUnixMs, ReadOnlySpan<byte> data, ReadOnlySpan<byte> delimiter)
    {
        var room = batch.BeginRecord(RecordShard, System.Text.Encoding.UTF8.GetBytes(partition.Text), sizeof(long) + data.Length + delimiter.Length);
        BinaryPrimitives.WriteInt64LittleEndian(room, arrivalUnixMs);
        data.CopyTo(room[sizeof(long)..]);
        delimiter.CopyTo(room[(sizeof(long) + data.Length)..]);
        batch.EndRecord(sizeof(long) + data.Length + delimiter.Length);
    }

    /// <summary>Appends a batch with the positions that it brings the source to; completes when both are durable.</summary>
    public async ValueTask AppendAsync(RecordBatch batch, SourceCheckpoint checkpoint, CancellationToken cancellation)
    {
        var room = batch.BeginRecord(CheckpointShard, default, checkpoint.Length);
        checkpoint.Write(room);
        batch.EndRecord(checkpoint.Length);
        try
        {
            await log.AppendAsync(batch, cancellation);
        }
        catch (LogUnavailableException failure)
        {
            throw new IOException($"Processed records could not be stored: {failure.Message}", failure);
        }
    }

    /// <summary>How far the source was read; null where nothing was appended.</summary>
    public async ValueTask<SourceCheckpoint?> ReadCheckpointAsync(CancellationToken cancellation)
    {
        var end = log.GetExtent(CheckpointShard).End;
        if (end == 0)
            return null;
        using var page = new RecordPage();
        await log.ReadAsync(CheckpointShard, end - 1, new ReadLimits(MaxRecords: 1, MaxBytes: 1), page, cancellation);
        return page.Count == 0 ? null : SourceCheckpoint.Read(page[0].Data);
    }

    public ValueTask DisposeAsync() => log.DisposeAsync();
}
