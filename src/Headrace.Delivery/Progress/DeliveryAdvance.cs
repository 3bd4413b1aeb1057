using Headrace.Delivery.Compaction;
using Headrace.Delivery.Partitions;

namespace Headrace.Delivery.Progress;

/// <summary>How far delivery came by some objects. Immutable.</summary>
/// <param name="Positions">What is delivered of each shard: everything before these positions.</param>
/// <param name="Partitions">Partitions of which everything before a later position is delivered.</param>
/// <param name="Done">What the totals grow by.</param>
internal sealed record DeliveryAdvance(IReadOnlyList<KeyValuePair<int, long>> Positions, IReadOnlyList<KeyValuePair<PartitionName, long>> Partitions, DeliveryTotals Done)
{
    /// <summary>The objects that may be merged with others, in their order.</summary>
    public IReadOnlyList<SmallObject> Small { get; init; } = [];
}
