using Headrace.Streams.Puts;

namespace Headrace.Streams.Producers;

/// <summary>What came of a <see cref="NumberedPut"/>.</summary>
/// <param name="Map">The shards that took the records.</param>
/// <param name="Committed">The producer's highest number now; null: it has committed nothing.</param>
/// <param name="Dropped">How many records, the first ones, had been taken before.</param>
/// <param name="Refused">The records that were not taken, all behind those that were; null: all were.</param>
public readonly record struct NumberedPutResult(ShardMap Map, long? Committed, int Dropped, RefusedRecords? Refused);
