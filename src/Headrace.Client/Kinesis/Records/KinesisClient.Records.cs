using Headrace.Client.Kinesis;

namespace Headrace.Client;

/// <content>Records: the API's operations as they are.</content>
public sealed partial class KinesisClient
{
    /// <summary>One page of a shard.</summary>
    public async Task<GetRecordsResult> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default)
    {
        using var answer = await _transport.SendAsync("GetRecords", request, KinesisJson.Default.GetRecordsRequest, cancellationToken, PageBytes);
        var page = GetRecordsAnswer.Read(answer.WrittenSpan);
        ClientTelemetry.RecordsRead.Add(page.Records.Count);
        return page;
    }

    /// <summary>Where in a shard to read, for GetRecords; good for five minutes.</summary>
    public Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("GetShardIterator", request, KinesisJson.Default.GetShardIteratorRequest, KinesisJson.Default.GetShardIteratorResponse, cancellationToken);

    /// <summary>Puts a record; an answer means that it is durable.</summary>
    public Task<PutRecordResponse> PutRecordAsync(PutRecordRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("PutRecord", request, KinesisJson.Default.PutRecordRequest, KinesisJson.Default.PutRecordResponse, cancellationToken);

    /// <summary>Puts up to 500 records. Some may fail while others are durable: look at each result.</summary>
    public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("PutRecords", request, KinesisJson.Default.PutRecordsRequest, KinesisJson.Default.PutRecordsResponse, cancellationToken);
}
