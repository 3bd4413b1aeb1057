using Headrace.ControlPlane;
using Headrace.Streams.Resources;

namespace Headrace.Streams;

// Tags of streams and consumers.
public sealed partial class StreamCatalog
{
    /// <summary>Tags of a stream in the order of their keys.</summary>
    /// <exception cref="StreamsException">ResourceNotFound.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> GetTags(AccountScope scope, string name) => GetTags(new StreamResource(Get(scope, name)));

    /// <summary>Tags of a stream or consumer in the order of their keys.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> GetTags(StreamResource resource) =>
        resource.Consumer is { } consumer ? _consumers.LoadTags(consumer.Id) : _tables.LoadTags(resource.Stream.Id);

    /// <summary>Adds tags, or replaces the values of those it has.</summary>
    /// <exception cref="StreamsException">ResourceNotFound; InvalidArgument: forbidden characters, or more tags than a stream may have.</exception>
    public Task AddTagsAsync(AccountScope scope, string name, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken cancellation = default) =>
        AddTagsAsync(new StreamResource(Get(scope, name)), tags, cancellation);

    /// <inheritdoc cref="AddTagsAsync(AccountScope, string, IReadOnlyList{KeyValuePair{string, string}}, CancellationToken)"/>
    public Task AddTagsAsync(StreamResource resource, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken cancellation = default) =>
        ChangeAsync(
            () =>
            {
                TagRules.Check(resource.Shown, resource.Stream.Scope, tags);
                TagRules.RequireRoom(resource.Shown, resource.Stream.Scope, GetTags(resource).Select(tag => tag.Key).Union(tags.Select(tag => tag.Key)));
                if (resource.Consumer is { } consumer)
                    _consumers.SaveTags(consumer.Id, tags);
                else
                    _tables.SaveTags(resource.Stream.Id, tags);
                return Task.FromResult(resource);
            },
            cancellation);

    /// <summary>Removes tags; a key that the stream doesn't have is no fault.</summary>
    /// <exception cref="StreamsException">ResourceNotFound.</exception>
    public Task RemoveTagsAsync(AccountScope scope, string name, IReadOnlyList<string> keys, CancellationToken cancellation = default) =>
        RemoveTagsAsync(new StreamResource(Get(scope, name)), keys, cancellation);

    /// <summary>Removes tags; a key that the resource doesn't have is no fault.</summary>
    public Task RemoveTagsAsync(StreamResource resource, IReadOnlyList<string> keys, CancellationToken cancellation = default) =>
        ChangeAsync(
            () =>
            {
                TagRules.CheckKeys(resource.Shown, resource.Stream.Scope, keys);
                if (resource.Consumer is { } consumer)
                    _consumers.DeleteTags(consumer.Id, keys);
                else
                    _tables.DeleteTags(resource.Stream.Id, keys);
                return Task.FromResult(resource);
            },
            cancellation);
}
