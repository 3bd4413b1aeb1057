using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>A data stream that takes outputs without numbers: at least once.</summary>
internal sealed class ProducerOutlet(KinesisClient client, string stream) : IOutlet
{
    private readonly Producer _producer = new(client, stream);

    public async ValueTask<Task<ShareResult>> SendAsync(OutputShare share, CancellationToken cancellationToken)
    {
        var written = new Task<ProducedRecord>[share.Outputs.Count];
        for (var i = 0; i < written.Length; i++)
            written[i] = await _producer.EnqueueAsync(share.Outputs[i].Json, share.Outputs[i].PartitionKey, cancellationToken);
        return SettleAsync(share, written, cancellationToken);
    }

    public ValueTask DisposeAsync() => _producer.DisposeAsync();

    private async Task<ShareResult> SettleAsync(OutputShare share, Task<ProducedRecord>[] written, CancellationToken cancellationToken)
    {
        var refused = 0;
        for (var i = 0; i < written.Length; i++)
        {
            try
            {
                await written[i];
            }
            catch (KinesisException e) when (Refusal.IsOfRecord(e))
            {
                if (await TryAloneAsync(share.Outputs[i], cancellationToken) is not { } reason)
                    continue;
                await share.RefuseAsync(new RefusedOutput(share.Outputs[i], reason));
                refused++;
            }
        }
        return new ShareResult(refused, 0);
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
