using System.Text;
using System.Text.Json;
using Headrace.Bench.Measuring;
using Headrace.Client;

namespace Headrace.Bench.Ingest;

/// <summary>Makes sure that what was measured was the real work: looks into an answer, and counts what the stream holds afterwards.</summary>
internal sealed class StoredRecords(Uri endpoint) : IDisposable
{
    private readonly KinesisClient _client = new(new ClientOptions { EndpointUrl = endpoint, Region = "us-east-1" });

    // The hot calls go without the client: there are gigabytes to count.
    private readonly KinesisCalls _calls = new(endpoint);

    public async Task CreateStreamAsync(CancellationToken cancellation)
    {
        await _client.CreateStreamAsync(IngestSettings.StreamName, IngestSettings.Shards, cancellation);
        await _client.WaitUntilActiveAsync(IngestSettings.StreamName, cancellation);
    }

    /// <summary>Deletes the stream with its data, so that the disk does not fill up.</summary>
    public async Task DeleteStreamAsync(CancellationToken cancellation)
    {
        await _client.DeleteStreamAsync(IngestSettings.StreamName, cancellation);
        while (true)
        {
            try
            {
                await _client.DescribeStreamSummaryAsync(IngestSettings.StreamName, cancellation);
            }
            catch (KinesisException gone) when (gone.ErrorType == "ResourceNotFoundException")
            {
                return;
            }
            await Task.Delay(25, cancellation);
        }
    }

    /// <summary>Sends one of wrk's bodies and reads the answer.</summary>
    /// <exception cref="BenchmarkException">It does not confirm every record.</exception>
    public async Task CheckAnswerAsync(string bodyFile, CancellationToken cancellation)
    {
        var bytes = await _calls.CallAsync("PutRecords", await File.ReadAllBytesAsync(bodyFile, cancellation), cancellation);
        using var json = JsonDocument.Parse(bytes);
        var failed = json.RootElement.GetProperty("FailedRecordCount").GetInt32();
        var numbered = json.RootElement.GetProperty("Records").EnumerateArray().Count(record => record.TryGetProperty("SequenceNumber", out _));
        if (failed != 0 || numbered != IngestSettings.RecordsPerRequest)
            throw new BenchmarkException($"PutRecords confirmed {numbered} of {IngestSettings.RecordsPerRequest} records, {failed} failed");
    }

    /// <summary>Reads the whole stream and counts.</summary>
    /// <exception cref="BenchmarkException">A record is not as it was sent.</exception>
    public async Task<long> CountAsync(CancellationToken cancellation)
    {
        var count = 0L;
        foreach (var shard in await _client.ListShardsAsync(IngestSettings.StreamName, cancellation))
        {
            var iterator = await _client.GetShardIteratorAsync(IngestSettings.StreamName, shard.ShardId, StartingPosition.TrimHorizon, cancellation);
            while (true)
            {
                var answer = await _calls.CallAsync("GetRecords", Encoding.UTF8.GetBytes($$"""{"ShardIterator":"{{iterator}}"}"""), cancellation);
                var page = RecordPageCount.Of(answer);
                count += page.Records;
                if (page.NextShardIterator is null || page is { Records: 0, MillisBehindLatest: 0 })
                    break;
                iterator = page.NextShardIterator;
            }
        }
        return count;
    }

    public void Dispose()
    {
        _client.Dispose();
        _calls.Dispose();
    }
}
