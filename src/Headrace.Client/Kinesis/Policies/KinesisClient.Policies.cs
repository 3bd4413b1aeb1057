using Headrace.Client.Kinesis;

namespace Headrace.Client;

/// <content>Policies: the API's operations as they are.</content>
public sealed partial class KinesisClient
{
    /// <summary>Removes the policy of a stream or consumer.</summary>
    public Task DeleteResourcePolicyAsync(DeleteResourcePolicyRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("DeleteResourcePolicy", request, KinesisJson.Default.DeleteResourcePolicyRequest, cancellationToken);

    /// <summary>The policy of a stream or consumer.</summary>
    public Task<GetResourcePolicyResponse> GetResourcePolicyAsync(GetResourcePolicyRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("GetResourcePolicy", request, KinesisJson.Default.GetResourcePolicyRequest, KinesisJson.Default.GetResourcePolicyResponse, cancellationToken);

    /// <summary>Gives a stream or consumer a policy.</summary>
    public Task PutResourcePolicyAsync(PutResourcePolicyRequest request, CancellationToken cancellationToken = default) =>
        _transport.CallAsync("PutResourcePolicy", request, KinesisJson.Default.PutResourcePolicyRequest, cancellationToken);
}
