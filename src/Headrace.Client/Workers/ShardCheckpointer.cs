namespace Headrace.Client;

/// <summary>Sets how far a shard was handled, for as long as its lease is held. Thread-safe.</summary>
public sealed class ShardCheckpointer
{
    private readonly HeldLease _held;
    private readonly Lock _lock = new();
    private ConsumedRecord? _given;

    internal ShardCheckpointer(HeldLease held) => _held = held;

    /// <summary>The last checkpoint.</summary>
    public LeaseCheckpoint Checkpoint => _held.Current.Checkpoint;

    /// <summary>Says that all records given to the processor so far were handled.</summary>
    /// <exception cref="LeaseLostException">Another worker has the shard.</exception>
    public Task CheckpointAsync(CancellationToken cancellationToken = default)
    {
        ConsumedRecord? given;
        lock (_lock)
            given = _given;
        return given is null ? Task.CompletedTask : CheckpointAsync(given, cancellationToken);
    }

    /// <summary>
    /// Says that a record and all before it in its shard were handled. Records before the last checkpoint change nothing. While the lease store is out of
    /// reach it is tried again, until the lease has run out.
    /// </summary>
    /// <exception cref="LeaseLostException">Another worker has the shard.</exception>
    /// <exception cref="ArgumentException">The record is another shard's.</exception>
    public Task CheckpointAsync(ConsumedRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.ShardId != _held.ShardId)
            throw new ArgumentException($"a record of {record.ShardId} says nothing about {_held.ShardId}", nameof(record));
        return _held.CheckpointAsync(LeaseCheckpoint.Of(record), childShardIds: null, cancellationToken);
    }

    internal void Give(ConsumedRecord last)
    {
        lock (_lock)
            _given = last;
    }
}
