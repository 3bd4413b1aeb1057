using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>The destinations as the records of one source shard see them.</summary>
internal sealed class OutletSet : IAsyncDisposable
{
    /// <summary>Pages on their way where nothing waits for more to come: enough to have the next one ready.</summary>
    private const int FewPages = 4;

    /// <summary>Where it does: enough to fill an object.</summary>
    private const int ManyPages = 1024;

    private readonly IOutlet[] _outlets;
    private readonly List<RoutedOutput>[] _sorted;

    /// <param name="plan">The pipeline.</param>
    /// <param name="kinesis">Where data streams are.</param>
    /// <param name="firehose">Where delivery streams are.</param>
    /// <param name="objects">Where buckets are.</param>
    /// <param name="producerOf">The producer's name for a destination's outputs; null: they have no numbers.</param>
    public OutletSet(PipelinePlan plan, KinesisClient kinesis, FirehoseClient? firehose, IObjectStore? objects, Func<string, string>? producerOf)
    {
        _outlets = [.. plan.Destinations.Select(destination => Open(destination, kinesis, firehose, objects, producerOf))];
        MostUnsettled = plan.Destinations.Any(destination => destination.Bucket is not null) ? ManyPages : FewPages;
        _sorted = [.. _outlets.Select(_ => new List<RoutedOutput>())];
    }

    /// <summary>Takes outputs in order; each destination's result comes when its share is settled.</summary>
    public async ValueTask<IReadOnlyList<(int Destination, int Count, Task<ShareResult> Settled)>> SendAsync(
        IReadOnlyList<RoutedOutput> outputs, Func<RefusedOutput, Task> refuseAsync, CancellationToken cancellationToken)
    {
        foreach (var output in outputs)
            _sorted[output.Destination].Add(output);
        var sent = new List<(int, int, Task<ShareResult>)>();
        for (var i = 0; i < _outlets.Length; i++)
        {
            if (_sorted[i].Count == 0)
                continue;
            var share = new OutputShare(_sorted[i].ToArray(), refuseAsync);
            _sorted[i].Clear();
            sent.Add((i, share.Outputs.Count, await _outlets[i].SendAsync(share, cancellationToken)));
        }
        return sent;
    }

    /// <summary>How many pages of a shard may be on their way to the destinations.</summary>
    public int MostUnsettled { get; }

    /// <inheritdoc cref="IOutlet.Flush"/>
    public void Flush()
    {
        foreach (var outlet in _outlets)
            outlet.Flush();
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_outlets.Select(outlet => outlet.DisposeAsync().AsTask()));

    private static IOutlet Open(PipelineDestination destination, KinesisClient kinesis, FirehoseClient? firehose, IObjectStore? objects, Func<string, string>? producerOf)
    {
        if (destination.Stream is { } stream)
            return new StreamOutlet(kinesis, stream, producerOf?.Invoke(destination.Name));
        if (destination.Bucket is { } bucket)
        {
            return objects is null
                ? throw new ArgumentException($"destination {destination.Name} is a bucket, for which an IObjectStore is needed", nameof(objects))
                : new BucketOutlet(new ObjectChain(objects, bucket, producerOf?.Invoke(destination.Name) ?? ProducerNames.Of(null, "", "")), destination.LongestWait);
        }
        return firehose is null
            ? throw new ArgumentException($"destination {destination.Name} is a delivery stream, for which a FirehoseClient is needed", nameof(firehose))
            : new DeliveryOutlet(firehose, destination.DeliveryStream!);
    }
}
