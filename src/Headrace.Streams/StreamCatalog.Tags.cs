using Headrace.ControlPlane;

namespace Headrace.Streams;

// Tags of streams.
public sealed partial class StreamCatalog
{
    /// <summary>Tags of a stream in the order of their keys.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> GetTags(AccountScope scope, string name) => _tables.LoadTags(Get(scope, name).Id);

    /// <summary>Adds tags, or replaces the values of those it has.</summary>
    /// <exception cref="StreamsException">ResourceNotFound; InvalidArgument: more tags than a stream may have.</exception>
    public Task AddTagsAsync(AccountScope scope, string name, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken cancellation = default) =>
        ChangeAsync(
            () =>
            {
                var stream = Get(scope, name);
                var keys = _tables.LoadTags(stream.Id).Select(tag => tag.Key).Union(tags.Select(tag => tag.Key));
                RequireTagRoom($"stream {name}", scope, keys);
                _tables.SaveTags(stream.Id, tags);
                return Task.FromResult(stream);
            },
            cancellation);

    /// <summary>Removes tags; a key that the stream doesn't have is no fault.</summary>
    /// <exception cref="StreamsException">ResourceNotFound.</exception>
    public Task RemoveTagsAsync(AccountScope scope, string name, IReadOnlyList<string> keys, CancellationToken cancellation = default) =>
        ChangeAsync(
            () =>
            {
                var stream = Get(scope, name);
                _tables.DeleteTags(stream.Id, keys);
                return Task.FromResult(stream);
            },
            cancellation);

    /// <summary>A resource, such as <c>stream NAME</c>, has no more tags than it may have.</summary>
    private static void RequireTagRoom(string resource, AccountScope scope, IEnumerable<string> keys)
    {
        if (keys.Count() > StreamLimits.MaxTags)
        {
            throw new StreamsException(
                StreamsFault.InvalidArgument,
                $"Failed to add tags to {resource} under account {scope.AccountId} because a given {resource.Split(' ')[0]} cannot have more than {StreamLimits.MaxTags} tags associated with it.");
        }
    }
}
