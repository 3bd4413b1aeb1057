using Headrace.Client.Firehose;

namespace Headrace.Client;

/// <content>Tags: the API's operations as they are.</content>
public sealed partial class FirehoseClient
{
    /// <summary>A page of a delivery stream's tags.</summary>
    public Task<ListTagsForDeliveryStreamResponse> ListTagsForDeliveryStreamAsync(ListTagsForDeliveryStreamRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("ListTagsForDeliveryStream", request, FirehoseJson.Default.ListTagsForDeliveryStreamRequest, FirehoseJson.Default.ListTagsForDeliveryStreamResponse, cancellationToken);

    /// <summary>Adds tags to a delivery stream.</summary>
    public Task TagDeliveryStreamAsync(TagDeliveryStreamRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("TagDeliveryStream", request, FirehoseJson.Default.TagDeliveryStreamRequest, cancellationToken);

    /// <summary>Removes tags from a delivery stream.</summary>
    public Task UntagDeliveryStreamAsync(UntagDeliveryStreamRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("UntagDeliveryStream", request, FirehoseJson.Default.UntagDeliveryStreamRequest, cancellationToken);
}
