namespace Headrace.Client.Kinesis;

/// <summary>What <c>UpdateAccountSettings</c> is asked.</summary>
public sealed record UpdateAccountSettingsRequest
{
    /// <summary>The commitment to a minimum of throughput.</summary>
    public required BillingCommitmentChange MinimumThroughputBillingCommitment { get; init; }
}
