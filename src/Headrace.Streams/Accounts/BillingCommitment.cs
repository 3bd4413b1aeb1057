namespace Headrace.Streams.Accounts;

/// <summary>An account's minimum throughput billing commitment in a region. Nothing is billed here; the states pass as AWS's do.</summary>
/// <param name="StartedAt">When it was last entered into; null: never.</param>
/// <param name="EndRequestedAt">When its end was asked for; null while it is to go on.</param>
public sealed record BillingCommitment(DateTimeOffset? StartedAt, DateTimeOffset? EndRequestedAt)
{
    /// <summary>How long one lasts at least.</summary>
    public static readonly TimeSpan MinimumTerm = TimeSpan.FromHours(24);

    public static readonly BillingCommitment Never = new(null, null);

    /// <summary>The earliest end; null where none was entered into.</summary>
    public DateTimeOffset? EarliestAllowedEndAt => StartedAt + MinimumTerm;

    /// <summary>When it ends or ended: as asked for, but not before its term is over; null while that wasn't asked for.</summary>
    public DateTimeOffset? EndsAt => EndRequestedAt is { } asked && EarliestAllowedEndAt is { } earliest ? (asked > earliest ? asked : earliest) : null;

    public CommitmentStatus StatusAt(DateTimeOffset now) => (StartedAt, EndsAt) switch
    {
        (null, _) => CommitmentStatus.Disabled,
        (_, null) => CommitmentStatus.Enabled,
        (_, { } end) => now < end ? CommitmentStatus.EnabledUntilEarliestAllowedEnd : CommitmentStatus.Disabled,
    };

    /// <summary>The commitment after it was asked to be on.</summary>
    public BillingCommitment Enable(DateTimeOffset now) =>
        StatusAt(now) == CommitmentStatus.Disabled ? new BillingCommitment(now, null) : this with { EndRequestedAt = null };

    /// <summary>The commitment after it was asked to be off.</summary>
    public BillingCommitment Disable(DateTimeOffset now) => StatusAt(now) == CommitmentStatus.Enabled ? this with { EndRequestedAt = now } : this;
}
