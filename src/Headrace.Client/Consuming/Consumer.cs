using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Headrace.Client;

/// <summary>
/// Reads a stream's shards side by side: every record at least once, a shard's records in order, a child shard only after its
/// parents. Throttling and expired iterators are handled; a server that goes away is waited for, up to 60 seconds.
/// </summary>
public sealed class Consumer
{
    private const int BufferedPages = 8;

    private static readonly TimeSpan RideOut = TimeSpan.FromSeconds(60);

    private readonly KinesisClient _client;
    private readonly string _stream;
    private readonly ConsumerOptions _options;
    private readonly OutageRetry _retry;

    /// <summary>A consumer of one stream.</summary>
    public Consumer(KinesisClient client, string stream, ConsumerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(stream);
        (_client, _stream, _options) = (client, stream, options ?? new ConsumerOptions());
        _retry = new OutageRetry(client.Time, RideOut);
    }

    /// <summary>
    /// The records as they come, for ever unless <see cref="ConsumerOptions.Follow"/> is off. Leaving the loop stops all reading.
    /// </summary>
    /// <exception cref="KinesisException">The service refuses: no such stream or shard, say.</exception>
    /// <exception cref="EndpointUnreachableException">Nobody answered the first call, or for 60 seconds later on.</exception>
    public async IAsyncEnumerable<ConsumedRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pages = Channel.CreateBounded<IReadOnlyList<ConsumedRecord>>(new BoundedChannelOptions(BufferedPages) { SingleReader = true });
        var reading = ReadShardsAsync(pages.Writer, stop.Token);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancellationToken))
            {
                foreach (var record in page)
                    yield return record;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    /// <summary>Never fails itself: what goes wrong is told through the channel.</summary>
    private async Task ReadShardsAsync(ChannelWriter<IReadOnlyList<ConsumedRecord>> pages, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Dictionary<Task<bool>, string>();
        Exception? failure = null;
        try
        {
            var checkpoints = _options.Checkpoints is { } store
                ? await store.LoadAsync(cancellationToken)
                : new Dictionary<string, string>(StringComparer.Ordinal);
            var lineage = new ShardLineage(_options, checkpoints);
            // The first call is not repeated: a wrong address should be told at once.
            var shards = await _client.ListShardsAsync(_stream, cancellationToken);
            if (_options.ShardId is { } only && !shards.Any(shard => shard.ShardId == only))
                throw new KinesisException("ResourceNotFoundException", $"stream {_stream} has no shard {only}", System.Net.HttpStatusCode.BadRequest, requestId: null);
            lineage.Update(shards);
            while (true)
            {
                foreach (var (shard, from) in lineage.Take())
                {
                    var one = new ShardReading(_client, _stream, shard, from, _options, _retry);
                    // Task.Run makes a task of its own for each shard; one that ends at once would share a cached one.
                    running.Add(Task.Run(() => one.RunAsync(pages, stop.Token), CancellationToken.None), shard.ShardId);
                }
                if (running.Count == 0)
                    break;
                var ended = await Task.WhenAny(running.Keys);
                running.Remove(ended, out var shardId);
                if (!await ended)
                    continue;
                lineage.Drained(shardId!);
                lineage.Update(await _retry.RunAsync(() => _client.ListShardsAsync(_stream, cancellationToken), cancellationToken));
            }
        }
        catch (Exception e)
        {
            failure = e;
        }
        await stop.CancelAsync();
        await Task.WhenAll(running.Keys).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        pages.TryComplete(failure);
    }
}
