using System.Text;

namespace Headrace.Client.Tests.Workers;

/// <summary>Writes all that happens to it into the logbook, and checkpoints when it gives its shard up.</summary>
internal class LoggingProcessor(string worker, WorkerLogbook log) : IShardProcessor
{
    private string _shardId = "";

    public ValueTask InitializeAsync(ShardAssignment shard, CancellationToken cancellationToken)
    {
        _shardId = shard.ShardId;
        log.Add(worker, _shardId, "took");
        return ValueTask.CompletedTask;
    }

    public virtual ValueTask ProcessRecordsAsync(IReadOnlyList<ConsumedRecord> records, ShardCheckpointer checkpointer, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            record.ShardId.ShouldBe(_shardId);
            log.Add(worker, _shardId, Encoding.UTF8.GetString(record.Data.Span));
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask LeaseLostAsync()
    {
        log.Add(worker, _shardId, "lost");
        return ValueTask.CompletedTask;
    }

    public ValueTask ShardEndedAsync(ShardCheckpointer checkpointer, CancellationToken cancellationToken)
    {
        log.Add(worker, _shardId, "ended");
        return ValueTask.CompletedTask;
    }

    public async ValueTask ShutdownRequestedAsync(ShardCheckpointer checkpointer, CancellationToken cancellationToken)
    {
        log.Add(worker, _shardId, "gave up");
        await checkpointer.CheckpointAsync(cancellationToken);
    }
}
