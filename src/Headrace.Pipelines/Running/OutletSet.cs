using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>The destinations as the records of one source shard see them.</summary>
internal sealed class OutletSet : IAsyncDisposable
{
    private readonly IOutlet[] _outlets;
    private readonly List<RoutedOutput>[] _sorted;

    public OutletSet(PipelinePlan plan, KinesisClient kinesis, FirehoseClient? firehose)
    {
        _outlets = [.. plan.Destinations.Select(destination => Open(destination, kinesis, firehose))];
        _sorted = [.. _outlets.Select(_ => new List<RoutedOutput>())];
    }

    /// <summary>Takes outputs in order; the inner task of each destination ends when its share is settled.</summary>
    public async ValueTask<IReadOnlyList<(int Destination, int Count, Task<IReadOnlyList<RefusedOutput>> Settled)>> SendAsync(
        IReadOnlyList<RoutedOutput> outputs, CancellationToken cancellationToken)
    {
        foreach (var output in outputs)
            _sorted[output.Destination].Add(output);
        var sent = new List<(int, int, Task<IReadOnlyList<RefusedOutput>>)>();
        for (var i = 0; i < _outlets.Length; i++)
        {
            if (_sorted[i].Count == 0)
                continue;
            var share = _sorted[i].ToArray();
            _sorted[i].Clear();
            sent.Add((i, share.Length, await _outlets[i].SendAsync(share, cancellationToken)));
        }
        return sent;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_outlets.Select(outlet => outlet.DisposeAsync().AsTask()));

    private static IOutlet Open(PipelineDestination destination, KinesisClient kinesis, FirehoseClient? firehose)
    {
        if (destination.Stream is { } stream)
            return new StreamOutlet(kinesis, stream);
        return firehose is null
            ? throw new ArgumentException($"destination {destination.Name} is a delivery stream, for which a FirehoseClient is needed", nameof(firehose))
            : new DeliveryOutlet(firehose, destination.DeliveryStream!);
    }
}
