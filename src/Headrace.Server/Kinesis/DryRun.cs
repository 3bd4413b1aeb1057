using Headrace.Server.AwsJson;

namespace Headrace.Server.Kinesis;

/// <summary>The member that has a request checked whole and not carried out.</summary>
internal static class DryRun
{
    public const string Member = "DryRun";

    public static bool Read(MemberReader members) => members.Boolean(Member) ?? false;

    /// <exception cref="WireException">DryRunOperationException: nothing else is wrong with the request.</exception>
    public static void End(bool dryRun)
    {
        if (dryRun)
            throw new WireException(400, "DryRunOperationException", "Request would have succeeded, but DryRun flag is set.");
    }
}
