using Headrace.Client.Kinesis;

namespace Headrace.Client;

/// <content>Tags: the API's operations as they are.</content>
public sealed partial class KinesisClient
{
    /// <summary>Adds tags to a stream, or gives those that it has other values.</summary>
    public Task AddTagsToStreamAsync(AddTagsToStreamRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("AddTagsToStream", request, KinesisJson.Default.AddTagsToStreamRequest, cancellationToken);

    /// <summary>The tags of a stream or consumer.</summary>
    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("ListTagsForResource", request, KinesisJson.Default.ListTagsForResourceRequest, KinesisJson.Default.ListTagsForResourceResponse, cancellationToken);

    /// <summary>A page of a stream's tags.</summary>
    public Task<ListTagsForStreamResponse> ListTagsForStreamAsync(ListTagsForStreamRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("ListTagsForStream", request, KinesisJson.Default.ListTagsForStreamRequest, KinesisJson.Default.ListTagsForStreamResponse, cancellationToken);

    /// <summary>Removes tags from a stream.</summary>
    public Task RemoveTagsFromStreamAsync(RemoveTagsFromStreamRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("RemoveTagsFromStream", request, KinesisJson.Default.RemoveTagsFromStreamRequest, cancellationToken);

    /// <summary>Adds tags to a stream or consumer.</summary>
    public Task TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("TagResource", request, KinesisJson.Default.TagResourceRequest, cancellationToken);

    /// <summary>Removes tags from a stream or consumer.</summary>
    public Task UntagResourceAsync(UntagResourceRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("UntagResource", request, KinesisJson.Default.UntagResourceRequest, cancellationToken);
}
