namespace Headrace.Delivery.Processing;

/// <summary>Where a record came from.</summary>
/// <param name="Shard">The source's shard.</param>
/// <param name="Position">The position in it.</param>
/// <param name="SubSequence">Which of the records that one source record held.</param>
/// <param name="ArrivalUnixMs">When it arrived, in milliseconds since 1970 (UTC).</param>
internal readonly record struct RecordOrigin(int Shard, long Position, int SubSequence, long ArrivalUnixMs);
