using System.Collections.Concurrent;

namespace Headrace.Pipelines;

/// <summary>Posts dead letters through outlets, one for each series of a shard: so a letter that is numbered is there once, also when it is posted again after a crash.</summary>
internal abstract class DeadLetterOutlets : IDeadLetterOffice
{
    private readonly ConcurrentDictionary<(string ShardId, string Series, object? Lane), IOutlet> _outlets = [];

    public async Task PostAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        foreach (var series in letters.GroupBy(letter => (letter.Record.ShardId, letter.Series, letter.Lane)))
        {
            var outlet = _outlets.GetOrAdd(series.Key, key => Open(key.ShardId, $"dead-letters/{key.Series}"));
            var outputs = series.Select(letter => new RoutedOutput(0, Message.NoOrigin, letter.ToJson(), letter.Record.PartitionKey) { Number = NumberOf(letter) });
            var settled = await outlet.SendAsync(new OutputShare([.. outputs], RefuseAsync), cancellationToken);
            await settled.WaitAsync(cancellationToken);
        }
    }

    public void Leave(object lane)
    {
        foreach (var key in _outlets.Keys.Where(key => key.Lane == lane))
        {
            if (_outlets.TryRemove(key, out var outlet))
                _ = outlet.DisposeAsync().AsTask();
        }
    }

    /// <summary>Nobody waits for a letter any longer; what is under way ends by itself.</summary>
    public void Dispose()
    {
        foreach (var outlet in _outlets.Values)
            _ = outlet.DisposeAsync().AsTask();
    }

    /// <summary>Opens the outlet of a shard's series of letters.</summary>
    protected abstract IOutlet Open(string shardId, string series);

    protected abstract long NumberOf(DeadLetter letter);

    /// <summary>Told of a letter that the outlet does not take.</summary>
    protected abstract Task RefuseAsync(RefusedOutput letter);
}
