using Headrace.Client.Firehose;

namespace Headrace.Client;

/// <content>Records: the API's operations as they are.</content>
public sealed partial class FirehoseClient
{
    /// <summary>Puts a record; an answer means that it is durable.</summary>
    public Task<PutRecordResponse> PutRecordAsync(PutRecordRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("PutRecord", request, FirehoseJson.Default.PutRecordRequest, FirehoseJson.Default.PutRecordResponse, cancellationToken);

    /// <summary>Puts up to 500 records, 4 MiB together. Some may fail while others are taken: look at each result.</summary>
    public Task<PutRecordBatchResponse> PutRecordBatchAsync(PutRecordBatchRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("PutRecordBatch", request, FirehoseJson.Default.PutRecordBatchRequest, FirehoseJson.Default.PutRecordBatchResponse, cancellationToken);
}
