namespace Headrace.Client.Kinesis;

/// <summary>A commitment to make or to end.</summary>
public sealed record BillingCommitmentChange
{
    /// <summary>What it shall be: <c>ENABLED</c> or <c>DISABLED</c>.</summary>
    public required string Status { get; init; }
}
