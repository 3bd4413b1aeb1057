using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>
/// A data stream as destination. Where the service takes each number of a producer once, outputs are put under their numbers, and
/// otherwise, as on AWS, without.
/// </summary>
/// <param name="client">Where the stream is.</param>
/// <param name="stream">The stream.</param>
/// <param name="producer">The producer's name; null: the outputs have no numbers.</param>
internal sealed class StreamOutlet(KinesisClient client, string stream, string? producer) : IOutlet
{
    private IOutlet? _open;

    public async ValueTask<Task<ShareResult>> SendAsync(OutputShare share, CancellationToken cancellationToken)
    {
        _open ??= await OpenAsync(cancellationToken);
        return await _open.SendAsync(share, cancellationToken);
    }

    public ValueTask DisposeAsync() => _open?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<IOutlet> OpenAsync(CancellationToken cancellationToken)
    {
        if (producer is null)
            return new ProducerOutlet(client, stream);
        var patience = new Patience();
        while (true)
        {
            try
            {
                var standing = await client.DescribeProducerAsync(stream, producer, cancellationToken);
                return standing.IsOffered ? new NumberedOutlet(client, stream, producer, standing.Number ?? OutputNumber.None) : new ProducerOutlet(client, stream);
            }
            catch (Exception e) when (Patience.MayPass(e))
            {
                await patience.WaitAsync(e, cancellationToken);
            }
        }
    }
}
