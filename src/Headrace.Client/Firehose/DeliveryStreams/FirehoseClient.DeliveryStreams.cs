using Headrace.Client.Firehose;

namespace Headrace.Client;

/// <content>Delivery streams: the API's operations as they are.</content>
public sealed partial class FirehoseClient
{
    /// <summary>Creates a delivery stream; it takes records once it is <c>ACTIVE</c>.</summary>
    public Task<CreateDeliveryStreamResponse> CreateDeliveryStreamAsync(CreateDeliveryStreamRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("CreateDeliveryStream", request, FirehoseJson.Default.CreateDeliveryStreamRequest, FirehoseJson.Default.CreateDeliveryStreamResponse, cancellationToken);

    /// <summary>Deletes a delivery stream.</summary>
    public Task DeleteDeliveryStreamAsync(DeleteDeliveryStreamRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DeleteDeliveryStream", request, FirehoseJson.Default.DeleteDeliveryStreamRequest, cancellationToken);

    /// <summary>A delivery stream.</summary>
    public Task<DescribeDeliveryStreamResponse> DescribeDeliveryStreamAsync(DescribeDeliveryStreamRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DescribeDeliveryStream", request, FirehoseJson.Default.DescribeDeliveryStreamRequest, FirehoseJson.Default.DescribeDeliveryStreamResponse, cancellationToken);

    /// <summary>A page of the delivery streams.</summary>
    public Task<ListDeliveryStreamsResponse> ListDeliveryStreamsAsync(ListDeliveryStreamsRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("ListDeliveryStreams", request, FirehoseJson.Default.ListDeliveryStreamsRequest, FirehoseJson.Default.ListDeliveryStreamsResponse, cancellationToken);

    /// <summary>Has records encrypted while they wait, from now on.</summary>
    public Task StartDeliveryStreamEncryptionAsync(StartDeliveryStreamEncryptionRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("StartDeliveryStreamEncryption", request, FirehoseJson.Default.StartDeliveryStreamEncryptionRequest, cancellationToken);

    /// <summary>Has records wait as they come from now on.</summary>
    public Task StopDeliveryStreamEncryptionAsync(StopDeliveryStreamEncryptionRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("StopDeliveryStreamEncryption", request, FirehoseJson.Default.StopDeliveryStreamEncryptionRequest, cancellationToken);
}
