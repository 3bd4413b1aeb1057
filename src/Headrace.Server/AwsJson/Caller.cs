using Headrace.ControlPlane;

namespace Headrace.Server.AwsJson;

/// <summary>Who sent a request, as its signature's credential tells.</summary>
/// <param name="Scope">The account and region that the request acts in.</param>
/// <param name="AccessKeyId">The access key id; empty for an unsigned request.</param>
internal sealed record Caller(AccountScope Scope, string AccessKeyId)
{
    /// <summary>Who sent a request whose signature isn't accepted.</summary>
    public static readonly Caller Unknown = new(new AccountScope("", ""), "");
}
