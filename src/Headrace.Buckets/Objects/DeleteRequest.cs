using Headrace.Buckets.Versions;

namespace Headrace.Buckets.Objects;

/// <summary>One key, or one version of it, that is to be deleted.</summary>
/// <param name="Key">The key.</param>
/// <param name="VersionId">The version to delete for good; null to delete the key, which may leave a delete marker.</param>
/// <param name="Condition">Checked in the same transaction.</param>
/// <param name="BypassGovernance">True when a retention in governance mode does not count.</param>
public sealed record DeleteRequest(string Key, string? VersionId = null, WriteCondition Condition = default, bool BypassGovernance = false)
{
    /// <summary>What was made of it, where it was not refused.</summary>
    public Deletion Deletion { get; init; }

    /// <summary>Why it was refused; null when it was done.</summary>
    public BucketsException? Refusal { get; init; }
}
