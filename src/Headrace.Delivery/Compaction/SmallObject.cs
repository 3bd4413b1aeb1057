namespace Headrace.Delivery.Compaction;

/// <summary>A delivered object that may be merged with others. Immutable.</summary>
/// <param name="Group">Which others.</param>
/// <param name="Key">Its key.</param>
/// <param name="ETag">What tells its content.</param>
/// <param name="Bytes">How many it has.</param>
/// <param name="DeliveredAt">When it was delivered.</param>
internal sealed record SmallObject(ObjectGroup Group, string Key, string ETag, long Bytes, DateTimeOffset DeliveredAt)
{
    /// <summary>Its number in the control database, which grows in the order of delivery.</summary>
    public long Id { get; init; }
}
