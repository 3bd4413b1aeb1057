namespace Headrace.Client.Kinesis;

/// <summary>What <c>UpdateAccountSettings</c> answers.</summary>
public sealed record UpdateAccountSettingsResponse
{
    /// <summary>The commitment to a minimum of throughput.</summary>
    public BillingCommitment? MinimumThroughputBillingCommitment { get; init; }
}
