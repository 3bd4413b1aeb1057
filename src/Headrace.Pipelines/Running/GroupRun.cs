using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>One worker's part in a group that shares a pipeline's source: makes a processor for each shard that it is given, and knows how it ends.</summary>
/// <param name="work">What the shards share; the caller disposes it.</param>
/// <param name="open">Opens the destinations for a source shard.</param>
/// <param name="limit">Ends after so many records; null: never.</param>
/// <param name="time">Tells when to save.</param>
internal sealed class GroupRun(PipelineWork work, Func<string, OutletSet> open, long? limit, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PipelineProcessor> _processors = new(StringComparer.Ordinal);
    private long _left = limit ?? long.MaxValue;
    private Exception? _failure;

    public PipelineWork Work { get; } = work;

    public TimeProvider Time { get; } = time;

    /// <summary>Cancelled when the worker is to end by itself.</summary>
    public CancellationToken Stopping => _stop.Token;

    public IShardProcessor ProcessorOf(string shardId)
    {
        var processor = new PipelineProcessor(this, shardId);
        lock (_lock)
            _processors[shardId] = processor;
        return processor;
    }

    public OutletSet Open(string shardId) => open(shardId);

    /// <summary>Ends the run with this failure, the first one of them.</summary>
    public void Fail(Exception failure)
    {
        Interlocked.CompareExchange(ref _failure, failure, null);
        _stop.Cancel();
    }

    /// <summary>How many of so many records may be worked on; with the last one that may be, the run ends.</summary>
    public int Take(int count)
    {
        int taken;
        bool isLast;
        lock (_lock)
        {
            taken = (int)Math.Min(count, _left);
            _left -= taken;
            isLast = _left == 0;
        }
        if (isLast)
            _stop.Cancel();
        return taken;
    }

    public void ThrowIfFailed()
    {
        if (_failure is { } failure)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Called when the worker has ended: those that it cut off without a last call end too.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var processor in _processors.Values)
            await processor.LeaveAsync();
        _stop.Dispose();
    }
}
