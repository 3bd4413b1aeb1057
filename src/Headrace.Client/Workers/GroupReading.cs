using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Headrace.Client;

/// <summary>The processors of one loop: give it batches, and save how far they were handled.</summary>
internal sealed class GroupReading(Func<ValueTask>? beforeCheckpoint) : IDisposable
{
    private readonly Channel<GroupBatch> _batches = Channel.CreateUnbounded<GroupBatch>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, GroupProcessor> _processors = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _saving = new(1);
    private readonly CancellationTokenSource _abandon = new();

    /// <summary>What is to be handled: of each shard one batch at a time.</summary>
    public ChannelReader<GroupBatch> Batches => _batches.Reader;

    /// <summary>Cancelled when nobody handles batches any more.</summary>
    public CancellationToken Abandoned => _abandon.Token;

    public IShardProcessor ProcessorOf(string shardId) => new GroupProcessor(this);

    public void Handled(ConsumedRecord record)
    {
        if (_processors.TryGetValue(record.ShardId, out var processor))
            processor.Handle(record);
    }

    public void Join(string shardId, GroupProcessor processor) => _processors[shardId] = processor;

    public void Leave(string shardId, GroupProcessor processor) => _processors.TryRemove(KeyValuePair.Create(shardId, processor));

    public void Give(GroupBatch batch) => _batches.Writer.TryWrite(batch);

    public void Complete(Exception? failure) => _batches.Writer.TryComplete(failure);

    public void Abandon() => _abandon.Cancel();

    /// <summary>Saves now and then, until it is cancelled.</summary>
    public async Task SaveAsync(TimeSpan interval, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(interval, time, cancellationToken);
                try
                {
                    await SaveAsync([.. _processors.Values], cancellationToken);
                }
                catch (LeaseLostException)
                {
                    // Its processor learns it too.
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    Complete(e);
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The processors save at their ends.
        }
    }

    /// <summary>Saves how far some processors' records were handled before what they were written to was flushed.</summary>
    public async Task SaveAsync(IReadOnlyList<GroupProcessor> processors, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            var due = processors.Select(processor => (processor, Handled: processor.Unsaved)).Where(pair => pair.Handled is not null).ToList();
            if (due.Count == 0)
                return;
            if (beforeCheckpoint is not null)
                await beforeCheckpoint();
            LeaseLostException? lost = null;
            foreach (var (processor, handled) in due)
            {
                try
                {
                    await processor.SaveAsync(handled!, cancellationToken);
                }
                catch (LeaseLostException e)
                {
                    lost = e;
                }
            }
            if (lost is not null)
                throw lost;
        }
        finally
        {
            _saving.Release();
        }
    }

    public void Dispose()
    {
        _saving.Dispose();
        _abandon.Dispose();
    }
}
