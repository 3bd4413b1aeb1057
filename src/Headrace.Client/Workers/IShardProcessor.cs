namespace Headrace.Client;

/// <summary>
/// Handles one shard's records, for as long as a worker has the shard. Its calls come one after another. What it throws ends the
/// worker, so that no record is passed over.
/// </summary>
public interface IShardProcessor
{
    /// <summary>The first call: the worker has taken the shard.</summary>
    ValueTask InitializeAsync(ShardAssignment shard, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Handles records, in their order; checkpoints whenever it likes to.</summary>
    /// <param name="records">At least one. Of a shard, all records come in order, also over the batches.</param>
    /// <param name="checkpointer">Sets how far the shard was handled.</param>
    /// <param name="cancellationToken">Cancelled when the lease was lost: another worker may handle the same records by now.</param>
    ValueTask ProcessRecordsAsync(IReadOnlyList<ConsumedRecord> records, ShardCheckpointer checkpointer, CancellationToken cancellationToken);

    /// <summary>The last call where another worker has the shard now. There is nothing to checkpoint any more.</summary>
    ValueTask LeaseLostAsync() => ValueTask.CompletedTask;

    /// <summary>The last call of a shard that was split or merged: all of its records were given. When it returns, all are taken for handled, and the children follow.</summary>
    ValueTask ShardEndedAsync(ShardCheckpointer checkpointer, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>The last call where the worker stops, or hands the shard over: the chance to checkpoint.</summary>
    ValueTask ShutdownRequestedAsync(ShardCheckpointer checkpointer, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
