using System.Collections.Concurrent;

namespace Headrace.Pipelines;

/// <summary>Writes dead letters into a bucket, a line each, those that are posted together in one object. Each is there once, as in a <see cref="DeadLetterStream"/>.</summary>
/// <param name="store">Where buckets are.</param>
/// <param name="address">The place in one.</param>
/// <param name="names">Names the producers; null: the letters have no numbers.</param>
internal sealed class DeadLetterBucket(IObjectStore store, BucketAddress address, ProducerNames? names) : IDeadLetterOffice
{
    private readonly ConcurrentDictionary<(string ShardId, string Series, object? Lane), BucketOutlet> _outlets = [];

    public async Task PostAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        foreach (var series in letters.GroupBy(letter => (letter.Record.ShardId, letter.Series, letter.Lane)))
        {
            var outlet = _outlets.GetOrAdd(series.Key, key => new BucketOutlet(new ObjectChain(store, address, ProducerNames.Of(names, key.ShardId, $"dead-letters/{key.Series}")), TimeSpan.Zero));
            var outputs = series.Select(letter => new RoutedOutput(0, Message.NoOrigin, letter.ToJson(), letter.Record.PartitionKey) { Number = names is null ? OutputNumber.None : letter.Number });
            var settled = await outlet.SendAsync(new OutputShare([.. outputs], static _ => Task.CompletedTask), cancellationToken);
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
}
