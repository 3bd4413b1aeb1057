using Headrace.Delivery.Partitions;

namespace Headrace.Delivery.Processing;

/// <summary>A record on its way through the processors.</summary>
/// <param name="Data">What it is now.</param>
/// <param name="Original">What came from the source, which failed records are shown with.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="Partition">Whose object it goes into.</param>
/// <param name="Key">Its partition key in a data stream.</param>
/// <param name="FunctionKeys">The keys that a function gave it; null where none did.</param>
internal readonly record struct WorkRecord(
    ArenaSlice Data,
    ArenaSlice Original,
    RecordOrigin Origin,
    PartitionName Partition,
    ArenaSlice Key,
    IReadOnlyDictionary<string, string>? FunctionKeys = null);
