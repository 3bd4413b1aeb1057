namespace Headrace.Delivery.Compaction;

/// <summary>What came of a merge. Immutable.</summary>
/// <param name="Key">The merged object's key; null where there is none, as not all objects are what was delivered.</param>
/// <param name="Bytes">The bytes that it has.</param>
/// <param name="LeftAlone">The objects that are not what was delivered, which are to be left as they are.</param>
internal sealed record MergeResult(string? Key, long Bytes, IReadOnlyList<SmallObject> LeftAlone)
{
    /// <summary>True when that is because the disk gives other bytes.</summary>
    public bool IsDamaged { get; init; }

    public static MergeResult Without(IReadOnlyList<SmallObject> leftAlone) => new(null, 0, leftAlone);
}
