using Headrace.Delivery.Compaction;
using Headrace.Delivery.Partitions;

namespace Headrace.Delivery.Progress;

/// <summary>Objects that are recorded and being put, while the next ones are gathered.</summary>
/// <param name="Cuts">What they are made of.</param>
/// <param name="Pending">What is recorded of them, in the same order.</param>
/// <param name="Putting">Completes when all of them are put, and gives those that may be merged with others.</param>
internal sealed record ObjectsInFlight(IReadOnlyList<CutBuffer> Cuts, IReadOnlyList<PendingObject> Pending, Task<IReadOnlyList<SmallObject>> Putting)
{
    /// <summary>What the totals grow by; taken while the buffers still hold their records.</summary>
    public DeliveryTotals Totals { get; } = new(
        Cuts.Count,
        Cuts.Sum(cut => (long)cut.Buffer.Records),
        Cuts.Sum(cut => (long)cut.Buffer.Length),
        Cuts.Sum(cut => cut.Lost));
}
