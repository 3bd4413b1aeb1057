namespace Headrace.Client;

/// <summary>Gives a shard's batches to the loop, one at a time, and knows how far they were handled.</summary>
internal sealed class GroupProcessor(GroupReading reading) : IShardProcessor
{
    private string _shardId = "";
    private ShardCheckpointer? _checkpointer;
    private volatile ConsumedRecord? _handled;
    private volatile ConsumedRecord? _saved;

    /// <summary>The last handled record, unless that was saved; null: there is nothing to save.</summary>
    public ConsumedRecord? Unsaved => ReferenceEquals(_handled, _saved) ? null : _handled;

    public void Handle(ConsumedRecord record) => _handled = record;

    public async Task SaveAsync(ConsumedRecord handled, CancellationToken cancellationToken)
    {
        await _checkpointer!.CheckpointAsync(handled, cancellationToken);
        _saved = handled;
    }

    public ValueTask InitializeAsync(ShardAssignment shard, CancellationToken cancellationToken)
    {
        _shardId = shard.ShardId;
        reading.Join(_shardId, this);
        return ValueTask.CompletedTask;
    }

    public async ValueTask ProcessRecordsAsync(IReadOnlyList<ConsumedRecord> records, ShardCheckpointer checkpointer, CancellationToken cancellationToken)
    {
        _checkpointer = checkpointer;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, reading.Abandoned);
        var batch = new GroupBatch(records);
        reading.Give(batch);
        try
        {
            await batch.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (reading.Abandoned.IsCancellationRequested)
        {
            // Not just cancelled: the worker may not know yet that it is to stop.
            throw new LoopLeftException();
        }
    }

    public ValueTask LeaseLostAsync()
    {
        reading.Leave(_shardId, this);
        return ValueTask.CompletedTask;
    }

    public ValueTask ShardEndedAsync(ShardCheckpointer checkpointer, CancellationToken cancellationToken) => LeaveAsync(cancellationToken);

    public ValueTask ShutdownRequestedAsync(ShardCheckpointer checkpointer, CancellationToken cancellationToken) => LeaveAsync(cancellationToken);

    private async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        await reading.SaveAsync([this], cancellationToken);
        reading.Leave(_shardId, this);
    }
}
