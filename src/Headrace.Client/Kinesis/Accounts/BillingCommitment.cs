namespace Headrace.Client.Kinesis;

/// <summary>An account's commitment to a minimum of throughput.</summary>
public sealed record BillingCommitment
{
    /// <summary>Its state: <c>ENABLED</c>, <c>DISABLED</c> or <c>ENABLED_UNTIL_EARLIEST_ALLOWED_END</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it may end.</summary>
    public DateTimeOffset? EarliestAllowedEndAt { get; init; }
}
