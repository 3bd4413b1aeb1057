using Headrace.ControlPlane;
using Headrace.Streams.Resources;

namespace Headrace.Streams;

// Who may do what with another account's streams, and what a policy denies an account of its own.
public sealed partial class StreamCatalog
{
    /// <summary>With these the owner can always mend a policy that shuts it out.</summary>
    private static readonly string[] PolicyActions = ["kinesis:GetResourcePolicy", "kinesis:PutResourcePolicy", "kinesis:DeleteResourcePolicy"];

    /// <summary>Checks a request on a stream by name, whether or not it is there.</summary>
    /// <param name="accountId">The caller's account.</param>
    /// <param name="action">The action, such as <c>kinesis:PutRecord</c>.</param>
    /// <param name="scope">The stream's account and region.</param>
    /// <param name="name">The stream.</param>
    /// <exception cref="StreamsException">AccessDenied.</exception>
    public void RequireAccess(string accountId, string action, AccountScope scope, string name) =>
        RequireAccess(accountId, action, scope.AccountId, Find(scope, name)?.Policy, $"arn:aws:kinesis:{scope.Region}:{scope.AccountId}:stream/{name}");

    /// <summary>Checks a request on a stream or consumer.</summary>
    /// <exception cref="StreamsException">AccessDenied.</exception>
    public static void RequireAccess(string accountId, string action, StreamResource resource) =>
        RequireAccess(accountId, action, resource.Stream.Scope.AccountId, resource.Policy, resource.Arn);

    private static void RequireAccess(string accountId, string action, string ownerId, ResourcePolicy? policy, string arn)
    {
        var isOwner = accountId == ownerId;
        if (isOwner && (policy is null || PolicyActions.Contains(action)))
            return;
        switch (policy?.Decide(accountId, action))
        {
            case false:
                throw Denied("with an explicit deny in a resource-based policy");
            case null when !isOwner:
                throw Denied($"because no resource-based policy allows the {action} action");
            default:
                return;
        }

        StreamsException Denied(string why) => new(
            StreamsFault.AccessDenied,
            $"User: arn:aws:iam::{accountId}:root is not authorized to perform: {action} on resource: {arn} {why}");
    }
}
