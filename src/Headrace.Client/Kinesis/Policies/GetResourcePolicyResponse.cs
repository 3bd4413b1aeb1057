namespace Headrace.Client.Kinesis;

/// <summary>What <c>GetResourcePolicy</c> answers.</summary>
public sealed record GetResourcePolicyResponse
{
    /// <summary>The policy, a JSON document.</summary>
    public required string Policy { get; init; }
}
