using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Headrace.EndToEnd.Tests.Kinesis;

/// <summary>The Kinesis API by nothing but HTTP: what a test of the server's promises may rely on. Owns its connections.</summary>
internal sealed class KinesisHttp(Uri endpoint) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = endpoint, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Calls an operation that must succeed.</summary>
    public async Task<JsonElement> CallAsync(string operation, JsonObject members)
    {
        using var answer = await SendAsync(operation, new StringContent(members.ToJsonString()));
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{operation}: {(int)answer.StatusCode} {body}");
        if (body.Length == 0)
            return default;
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    /// <summary>Sends any body as an operation's request; the caller disposes the answer, whatever it is.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="body">The body.</param>
    /// <param name="invocation">The id that an SDK sends with a call and all its repetitions; null for none.</param>
    /// <param name="attempt">The number of the attempt, from 1, that it sends beside the id.</param>
    public async Task<HttpResponseMessage> SendAsync(string operation, HttpContent body, string? invocation = null, int attempt = 1)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = body };
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"Kinesis_20131202.{operation}");
        if (invocation is not null)
        {
            request.Headers.Add("amz-sdk-invocation-id", invocation);
            request.Headers.Add("amz-sdk-request", $"attempt={attempt}; max=9");
        }
        return await _http.SendAsync(request);
    }

    /// <summary>Creates a stream and waits until it is active.</summary>
    public async Task CreateStreamAsync(string name, int shards)
    {
        await CallAsync("CreateStream", new JsonObject { ["StreamName"] = name, ["ShardCount"] = shards });
        await Processes.Deadline.UntilAsync(async () => await StatusAsync(name) == "ACTIVE", $"{name} is ACTIVE");
    }

    public async Task<string> StatusAsync(string stream) =>
        (await CallAsync("DescribeStreamSummary", new JsonObject { ["StreamName"] = stream })).GetProperty("StreamDescriptionSummary").GetProperty("StreamStatus").GetString()!;

    public async Task<string> PutRecordAsync(string stream, string partitionKey, byte[] data)
    {
        var answer = await CallAsync("PutRecord", new JsonObject { ["StreamName"] = stream, ["PartitionKey"] = partitionKey, ["Data"] = Convert.ToBase64String(data) });
        return answer.GetProperty("SequenceNumber").GetString()!;
    }

    public async Task<string> GetTrimHorizonIteratorAsync(string stream, string shardId)
    {
        var answer = await CallAsync("GetShardIterator", new JsonObject { ["StreamName"] = stream, ["ShardId"] = shardId, ["ShardIteratorType"] = "TRIM_HORIZON" });
        return answer.GetProperty("ShardIterator").GetString()!;
    }

    /// <summary>An iterator that begins behind a record; null for the oldest record.</summary>
    public async Task<string> GetIteratorAfterAsync(string stream, string shardId, string? sequenceNumber)
    {
        if (sequenceNumber is null)
            return await GetTrimHorizonIteratorAsync(stream, shardId);
        var answer = await CallAsync(
            "GetShardIterator",
            new JsonObject { ["StreamName"] = stream, ["ShardId"] = shardId, ["ShardIteratorType"] = "AFTER_SEQUENCE_NUMBER", ["StartingSequenceNumber"] = sequenceNumber });
        return answer.GetProperty("ShardIterator").GetString()!;
    }

    /// <summary>The ids of a stream's shards, closed ones included, in order.</summary>
    public async Task<List<string>> ShardIdsAsync(string stream)
    {
        var shards = await CallAsync("ListShards", new JsonObject { ["StreamName"] = stream });
        return [.. shards.GetProperty("Shards").EnumerateArray().Select(shard => shard.GetProperty("ShardId").GetString()!)];
    }

    /// <summary>Everything that a stream holds, shard by shard, each in order.</summary>
    public async Task<List<StoredRecord>> ReadAllAsync(string stream)
    {
        var records = new List<StoredRecord>();
        foreach (var shardId in await ShardIdsAsync(stream))
        {
            await foreach (var record in ReadAsync(shardId, await GetTrimHorizonIteratorAsync(stream, shardId)))
                records.Add(record);
        }
        return records;
    }

    /// <summary>What a shard holds from an iterator on.</summary>
    public async IAsyncEnumerable<StoredRecord> ReadAsync(string shardId, string iterator)
    {
        while (true)
        {
            var page = await CallAsync("GetRecords", new JsonObject { ["ShardIterator"] = iterator });
            foreach (var record in page.GetProperty("Records").EnumerateArray())
            {
                yield return new StoredRecord(
                    shardId,
                    record.GetProperty("SequenceNumber").GetString()!,
                    record.GetProperty("PartitionKey").GetString()!,
                    record.GetProperty("Data").GetBytesFromBase64());
            }
            if (page.GetProperty("Records").GetArrayLength() == 0 && page.GetProperty("MillisBehindLatest").GetInt64() == 0)
                yield break;
            if (!page.TryGetProperty("NextShardIterator", out var next) || next.ValueKind == JsonValueKind.Null)
                yield break;
            iterator = next.GetString()!;
        }
    }

    public void Dispose() => _http.Dispose();
}
