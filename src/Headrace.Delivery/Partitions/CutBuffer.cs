using Headrace.Delivery.Progress;

namespace Headrace.Delivery.Partitions;

/// <summary>A buffer that takes no more records, so that its object can be put.</summary>
/// <param name="Buffer">Its records.</param>
/// <param name="Ranges">The positions that its object answers for.</param>
/// <param name="Lost">Records that had expired before they could be read, since the buffer before it was cut.</param>
internal sealed record CutBuffer(ObjectBuffer Buffer, IReadOnlyList<ShardRange> Ranges, long Lost);
