using System.Runtime.CompilerServices;

namespace Headrace.Client;

/// <summary>Asks for a shard's pages, one after another. One reader's; not thread-safe.</summary>
internal sealed class ShardPolling(KinesisClient client, string stream, string shardId, int maxRecords, OutageRetry retry)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan AwsIdle = TimeSpan.FromMilliseconds(250);

    /// <summary>The pages, empty ones too; the last one of a closed shard has no next iterator. An expired iterator is renewed behind the last record.</summary>
    public async IAsyncEnumerable<GetRecordsResult> ReadAsync(StartingPosition from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var resume = from;
        var started = client.Time.GetUtcNow();
        var iterator = await IterateAsync(resume, cancellationToken);
        // After a break, "latest" would skip what came meanwhile.
        if (resume == StartingPosition.Latest)
            resume = StartingPosition.AtTimestamp(started);
        while (true)
        {
            GetRecordsResult page;
            try
            {
                page = await retry.RunAsync(() => client.GetRecordsAsync(iterator, maxRecords, cancellationToken), cancellationToken);
            }
            catch (KinesisException e) when (e.ErrorType == "ExpiredIteratorException")
            {
                iterator = await IterateAsync(resume, cancellationToken);
                continue;
            }
            if (page.Records.Count > 0)
                resume = StartingPosition.AfterSequenceNumber(page.Records[^1].SequenceNumber);
            yield return page;
            if (page.NextShardIterator is null)
                yield break;
            iterator = page.NextShardIterator;
            if (page.Records.Count == 0 && (page.MillisBehindLatest == 0 || ClientEndpoint.IsAws(client.Endpoint)))
                await Task.Delay(ClientEndpoint.IsAws(client.Endpoint) ? AwsIdle : Idle, client.Time, cancellationToken);
        }
    }

    private Task<string> IterateAsync(StartingPosition position, CancellationToken cancellationToken) =>
        retry.RunAsync(() => client.GetShardIteratorAsync(stream, shardId, position, cancellationToken), cancellationToken);
}
