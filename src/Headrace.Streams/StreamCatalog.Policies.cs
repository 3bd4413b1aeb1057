using Headrace.Streams.Resources;

namespace Headrace.Streams;

// Policies of streams and consumers: kept and checked, not enforced.
public sealed partial class StreamCatalog
{
    /// <summary>The policy of a resource; null when it has none.</summary>
    public string? GetPolicy(StreamResource resource) => _policies.Load(resource);

    /// <summary>Stores a resource's policy in place of the one that it has.</summary>
    /// <exception cref="StreamsException">InvalidArgument: no policy for this resource. ResourceInUse: the resource isn't active.</exception>
    public Task PutPolicyAsync(StreamResource resource, string policy, CancellationToken cancellation = default) =>
        ChangeAsync(
            () =>
            {
                resource.RequireActive();
                PolicyDocument.Check(policy, resource.Arn);
                _policies.Save(resource, policy);
                return Task.FromResult(resource);
            },
            cancellation);

    /// <summary>Removes a resource's policy.</summary>
    /// <exception cref="StreamsException">ResourceNotFound: it has none. ResourceInUse: the resource isn't active.</exception>
    public Task DeletePolicyAsync(StreamResource resource, CancellationToken cancellation = default) =>
        ChangeAsync(
            () =>
            {
                resource.RequireActive();
                return _policies.Delete(resource)
                    ? Task.FromResult(resource)
                    : throw new StreamsException(StreamsFault.ResourceNotFound, $"No resource policy found for resource ARN {resource.Arn}.");
            },
            cancellation);
}
