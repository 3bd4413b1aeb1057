namespace Headrace.Delivery.Compaction;

/// <summary>What waits in a group.</summary>
/// <param name="Objects">How many objects.</param>
/// <param name="Bytes">How many bytes they have together.</param>
/// <param name="Oldest">When the first of them was delivered.</param>
internal readonly record struct GroupTotals(long Objects, long Bytes, DateTimeOffset Oldest)
{
    public GroupTotals With(SmallObject small) => new(Objects + 1, Bytes + small.Bytes, Objects == 0 || small.DeliveredAt < Oldest ? small.DeliveredAt : Oldest);
}
