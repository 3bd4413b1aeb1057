using System.Threading.Channels;
using Headrace.ShardLog;
using Microsoft.Extensions.Logging;

namespace Headrace.Delivery.Sources;

/// <summary>
/// Reads on in all shards of a source at once. A shard with something to read stands in a queue; one that is read to its
/// end waits on the log and costs nothing meanwhile. One reader; only the waits run beside it.
/// </summary>
internal sealed class SourceReader : IDisposable
{
    private readonly Channel<int> _readable = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _closed = new();
    private readonly HashSet<int> _openShards = [];
    private readonly HashSet<int> _knownShards = [];
    private readonly Dictionary<int, long> _positions;
    private readonly ILogger _log;
    private SourceView _view;
    private Task<bool>? _waiting;

    /// <param name="view">The source.</param>
    /// <param name="positions">Where to go on; shards without a position start at 0. Owned by the reader from now on.</param>
    /// <param name="log">Told of damage.</param>
    public SourceReader(SourceView view, Dictionary<int, long> positions, ILogger log)
    {
        _positions = positions;
        _log = log;
        _view = view;
        Follow(view);
    }

    public long SourceId => _view.Id;

    /// <summary>Takes up shards that were opened since.</summary>
    public void Follow(SourceView view)
    {
        if (ReferenceEquals(view, _view) && _knownShards.Count > 0)
            return;
        _view = view;
        foreach (var (shard, isOpen) in view.Shards)
        {
            if (isOpen)
                _openShards.Add(shard);
            else
                _openShards.Remove(shard);
            if (_knownShards.Add(shard))
                Begin(shard);
        }
    }

    /// <summary>A shard that has, or may have, something to read.</summary>
    public bool TryTake(out int shard) => _readable.Reader.TryRead(out shard);

    /// <summary>Reads on in a shard that was taken; returns the position that the page was read from.</summary>
    public async ValueTask<long> ReadAsync(int shard, ReadLimits limits, RecordPage page, CancellationToken cancellation)
    {
        var from = _positions.GetValueOrDefault(shard);
        try
        {
            await _view.Log.ReadAsync(shard, from, limits, page, cancellation);
        }
        catch (LogDamagedException damage)
        {
            // Nothing readable stands at this position; the other shards go on.
            _log.LogError(damage, "Shard {Shard} is damaged at position {Position}; it is set aside until the server restarts", shard, from);
            page.Clear();
            return from;
        }
        if (page.NextPosition > from)
        {
            _positions[shard] = page.NextPosition;
            _readable.Writer.TryWrite(shard);
        }
        else if (_openShards.Contains(shard))
        {
            _ = AwaitRecordAsync(_view.Log, shard, from);
        }
        return from;
    }

    /// <summary>Waits until a shard can be taken, the time is over, or something else has happened.</summary>
    public async ValueTask WaitAsync(TimeSpan timeout, Task? other, TimeProvider time, CancellationToken cancellation)
    {
        _waiting ??= _readable.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        try
        {
            await (other is null ? (Task)_waiting : Task.WhenAny(_waiting, other)).WaitAsync(timeout, time, cancellation);
        }
        catch (TimeoutException)
        {
            return;
        }
        if (_waiting.IsCompleted)
            _waiting = null;
    }

    public void Dispose()
    {
        _closed.Cancel();
        _readable.Writer.TryComplete();
        _closed.Dispose();
    }

    private void Begin(int shard)
    {
        // A log that is not flushed on every append can end before what was delivered from it, once the machine lost power.
        var end = _view.Log.GetExtent(shard).End;
        if (_positions.TryGetValue(shard, out var position) && position > end)
        {
            _log.LogWarning("Shard {Shard} ends at {End}, before the delivered position {Position}; delivery goes on from its end", shard, end, position);
            _positions[shard] = end;
        }
        _readable.Writer.TryWrite(shard);
    }

    private async Task AwaitRecordAsync(IShardLog log, int shard, long position)
    {
        try
        {
            await log.WaitForAsync(shard, position, _closed.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // The next read of the shard meets the same failure and reports it.
        }
        _readable.Writer.TryWrite(shard);
    }
}
