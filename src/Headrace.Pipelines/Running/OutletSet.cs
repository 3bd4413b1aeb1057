using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>The destinations as the records of one source shard see them.</summary>
internal sealed class OutletSet : IAsyncDisposable
{
    private readonly IOutlet[] _outlets;
    private readonly List<RoutedOutput>[] _sorted;

    /// <param name="plan">The pipeline.</param>
    /// <param name="kinesis">Where data streams are.</param>
    /// <param name="firehose">Where delivery streams are.</param>
    /// <param name="producerOf">The producer's name for a destination's outputs; null: they have no numbers.</param>
    public OutletSet(PipelinePlan plan, KinesisClient kinesis, FirehoseClient? firehose, Func<string, string>? producerOf)
    {
        _outlets = [.. plan.Destinations.Select(destination => Open(destination, kinesis, firehose, producerOf))];
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

    public async ValueTask DisposeAsync() => await Task.WhenAll(_outlets.Select(outlet => outlet.DisposeAsync().AsTask()));

    private static IOutlet Open(PipelineDestination destination, KinesisClient kinesis, FirehoseClient? firehose, Func<string, string>? producerOf)
    {
        if (destination.Stream is { } stream)
            return new StreamOutlet(kinesis, stream, producerOf?.Invoke(destination.Name));
        return firehose is null
            ? throw new ArgumentException($"destination {destination.Name} is a delivery stream, for which a FirehoseClient is needed", nameof(firehose))
            : new DeliveryOutlet(firehose, destination.DeliveryStream!);
    }
}
