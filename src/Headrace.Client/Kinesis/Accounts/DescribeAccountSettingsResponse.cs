namespace Headrace.Client.Kinesis;

/// <summary>What <c>DescribeAccountSettings</c> answers.</summary>
public sealed record DescribeAccountSettingsResponse
{
    /// <summary>The commitment to a minimum of throughput.</summary>
    public BillingCommitment? MinimumThroughputBillingCommitment { get; init; }
}
