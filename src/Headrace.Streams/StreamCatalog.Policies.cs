using Headrace.Streams.Resources;

namespace Headrace.Streams;

// Policies of streams and consumers.
public sealed partial class StreamCatalog
{
    /// <summary>Stores a resource's policy in place of the one that it has.</summary>
    /// <exception cref="StreamsException">InvalidArgument: no policy for this resource. ResourceInUse: the resource isn't active.</exception>
    public Task PutPolicyAsync(StreamResource resource, string policy, CancellationToken cancellation = default) =>
        ChangeAsync(
            () =>
            {
                resource.RequireActive();
                PolicyDocument.Check(policy, resource.Arn);
                _policies.Save(resource, policy);
                resource.Policy = ResourcePolicy.Parse(policy);
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
                if (resource.Policy is null)
                    throw new StreamsException(StreamsFault.ResourceNotFound, $"No resource policy found for resource ARN {resource.Arn}.");
                _policies.Delete(resource);
                resource.Policy = null;
                return Task.FromResult(resource);
            },
            cancellation);

    private void LoadPolicies()
    {
        foreach (var (id, policy) in _policies.LoadOfStreams())
            _byId[id].Policy = ResourcePolicy.Parse(policy);
        var consumers = _byId.Values.SelectMany(stream => stream.Consumers).ToDictionary(consumer => consumer.Id);
        foreach (var (id, policy) in _policies.LoadOfConsumers())
            consumers[id].Policy = ResourcePolicy.Parse(policy);
    }
}
