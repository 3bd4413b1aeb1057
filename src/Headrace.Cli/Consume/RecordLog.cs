using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Consume;

/// <summary>
/// Writes records to standard output as they come: many at once while there are many, at once when the stream is quiet;
/// and keeps the group's checkpoint behind what was really written. Not thread-safe.
/// </summary>
internal sealed class RecordLog(LineOutput output, OutputFormat format, ICheckpointStore? checkpoints, TimeProvider time)
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> _handled = [];
    private long _lastSave = time.GetTimestamp();
    private bool _isUnsaved;

    /// <summary>Records written so far.</summary>
    public long Count { get; private set; }

    /// <summary>Writes until the records or <paramref name="limit"/> are reached, or the user ends it; either way everything is flushed and checkpointed.</summary>
    public async Task WriteAllAsync(IAsyncEnumerable<ConsumedRecord> records, long? limit, CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        var reader = records.GetAsyncEnumerator(cancellation);
        try
        {
            while (limit is null || Count < limit)
            {
                var next = reader.MoveNextAsync();
                if (!next.IsCompleted)
                    output.Flush();
                if (!await next)
                    break;
                await WriteAsync(reader.Current);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The end that the user asked for; what was read is still written and remembered below.
        }
        finally
        {
            await reader.DisposeAsync();
            await SaveAsync();
        }
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        if (checkpoints is null)
            return;
        foreach (var (shardId, checkpoint) in await checkpoints.LoadAsync(cancellation))
            _handled[shardId] = checkpoint;
    }

    private async ValueTask WriteAsync(ConsumedRecord record)
    {
        if (format == OutputFormat.Json)
            output.WriteJson(record, ConsumedRecordFormat.WriteJson);
        else
            output.WriteLine(record, ConsumedRecordFormat.WriteText);
        Count++;
        _handled[record.ShardId] = record.Checkpoint;
        _isUnsaved = true;
        if (checkpoints is not null && time.GetElapsedTime(_lastSave) >= SaveEvery)
            await SaveAsync();
    }

    /// <summary>Flushes first: a record that nobody could read is not handled.</summary>
    private async Task SaveAsync()
    {
        output.Flush();
        if (checkpoints is null || !_isUnsaved)
            return;
        await checkpoints.SaveAsync(_handled, CancellationToken.None);
        _isUnsaved = false;
        _lastSave = time.GetTimestamp();
    }
}
