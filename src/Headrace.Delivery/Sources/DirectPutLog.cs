using Headrace.ShardLog;

namespace Headrace.Delivery.Sources;

/// <summary>The log that acknowledged records of PutRecord wait in until they are delivered.</summary>
internal sealed class DirectPutLog(IShardLog log) : IRecordSource, IAsyncDisposable
{
    /// <summary>The one shard.</summary>
    public const int Shard = 0;

    /// <summary>There is only ever one source, so any number does.</summary>
    public const long SourceId = 0;

    private readonly SourceView _view = new(SourceId, log, [(Shard, true)]);

    public string Name => "delivery stream's log";

    public TimeSpan? LookInterval => null;

    public SourceView Look() => _view;

    /// <summary>Completes when the records are durable.</summary>
    public ValueTask AppendAsync(RecordBatch batch, CancellationToken cancellation) => log.AppendAsync(batch, cancellation);

    public async ValueTask ReleaseAsync(long unixMilliseconds, CancellationToken cancellation) => await log.TrimAsync(unixMilliseconds, cancellation);

    public ValueTask DisposeAsync() => log.DisposeAsync();
}
