using Headrace.Client.Kinesis;

namespace Headrace.Client;

/// <content>Streams: the API's operations as they are.</content>
public sealed partial class KinesisClient
{
    /// <summary>Creates a stream; it takes records once it is <c>ACTIVE</c>.</summary>
    public Task CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("CreateStream", request, KinesisJson.Default.CreateStreamRequest, cancellationToken);

    /// <summary>Deletes a stream and its records.</summary>
    public Task DeleteStreamAsync(DeleteStreamRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DeleteStream", request, KinesisJson.Default.DeleteStreamRequest, cancellationToken);

    /// <summary>A stream and a page of its shards.</summary>
    public Task<DescribeStreamResponse> DescribeStreamAsync(DescribeStreamRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DescribeStream", request, KinesisJson.Default.DescribeStreamRequest, KinesisJson.Default.DescribeStreamResponse, cancellationToken);

    /// <summary>A stream without its shards.</summary>
    public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DescribeStreamSummary", request, KinesisJson.Default.DescribeStreamSummaryRequest, KinesisJson.Default.DescribeStreamSummaryResponse, cancellationToken);

    /// <summary>A page of the streams.</summary>
    public Task<ListStreamsResponse> ListStreamsAsync(ListStreamsRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("ListStreams", request, KinesisJson.Default.ListStreamsRequest, KinesisJson.Default.ListStreamsResponse, cancellationToken);
}
