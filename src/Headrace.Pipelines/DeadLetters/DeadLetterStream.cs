using Headrace.Client;

namespace Headrace.Pipelines;

/// <summary>Puts dead letters into a data stream, under the partition key they came with.</summary>
internal sealed class DeadLetterStream(KinesisClient client, string stream) : IDeadLetterOffice
{
    public async Task PostAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        foreach (var letter in letters)
            await client.PutRecordAsync(stream, letter.ToJson(), letter.Record.PartitionKey, cancellationToken: cancellationToken);
    }

    public void Dispose()
    {
        // The client is its owner's.
    }
}
