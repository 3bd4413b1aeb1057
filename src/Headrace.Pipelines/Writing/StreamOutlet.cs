using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>A data stream as destination.</summary>
internal sealed class StreamOutlet(KinesisClient client, string stream) : IOutlet
{
    private readonly Producer _producer = new(client, stream);

    public async ValueTask<Task<IReadOnlyList<RefusedOutput>>> SendAsync(IReadOnlyList<RoutedOutput> outputs, CancellationToken cancellationToken)
    {
        var written = new Task<ProducedRecord>[outputs.Count];
        for (var i = 0; i < written.Length; i++)
            written[i] = await _producer.EnqueueAsync(outputs[i].Json, outputs[i].PartitionKey, cancellationToken);
        return SettleAsync(outputs, written, cancellationToken);
    }

    public ValueTask DisposeAsync() => _producer.DisposeAsync();

    private async Task<IReadOnlyList<RefusedOutput>> SettleAsync(IReadOnlyList<RoutedOutput> outputs, Task<ProducedRecord>[] written, CancellationToken cancellationToken)
    {
        List<RefusedOutput>? refused = null;
        for (var i = 0; i < written.Length; i++)
        {
            try
            {
                await written[i];
            }
            catch (KinesisException e) when (Refusal.IsOfRecord(e))
            {
                if (await TryAloneAsync(outputs[i], cancellationToken) is { } reason)
                    (refused ??= []).Add(new RefusedOutput(outputs[i], reason));
            }
        }
        return refused ?? (IReadOnlyList<RefusedOutput>)[];
    }

    /// <summary>One record too many or too large fails its whole call: each gets a call of its own before it is given up.</summary>
    private async Task<string?> TryAloneAsync(RoutedOutput output, CancellationToken cancellationToken)
    {
        try
        {
            await client.PutRecordAsync(stream, output.Json, output.PartitionKey, cancellationToken: cancellationToken);
            return null;
        }
        catch (KinesisException e) when (Refusal.IsOfRecord(e))
        {
            return e.Message;
        }
    }
}
