using System.Collections.Concurrent;
using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>
/// Puts dead letters into a data stream, under the partition key they came with. Each series of a shard has a producer of its own, which
/// numbers them: so a letter is there once, also when it is posted again after a crash.
/// </summary>
/// <param name="client">Where the stream is.</param>
/// <param name="stream">The stream.</param>
/// <param name="names">Names the producers; null: the letters have no numbers.</param>
internal sealed class DeadLetterStream(KinesisClient client, string stream, ProducerNames? names) : IDeadLetterOffice
{
    private readonly ConcurrentDictionary<(string ShardId, string Series, object? Lane), StreamOutlet> _outlets = [];

    public async Task PostAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        foreach (var series in letters.GroupBy(letter => (letter.Record.ShardId, letter.Series, letter.Lane)))
        {
            var outlet = _outlets.GetOrAdd(series.Key, key => new StreamOutlet(client, stream, names?.Of(key.ShardId, $"dead-letters/{key.Series}")));
            var outputs = series.Select(letter => new RoutedOutput(0, Message.NoOrigin, letter.ToJson(), letter.Record.PartitionKey) { Number = letter.Number });
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

    /// <summary>What not even the dead letters take must not be passed over.</summary>
    private Task RefuseAsync(RefusedOutput letter) =>
        Task.FromException(new PipelineException($"stream {stream} does not take a dead letter of {letter.Output.Json.Length:N0} bytes: {letter.Reason}"));
}
