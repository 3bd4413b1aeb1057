namespace Headrace.Streams.Puts;

/// <summary>What became of a put.</summary>
/// <param name="Map">The shards that its records went into.</param>
/// <param name="Refused">The records that were not taken; null: all were.</param>
public readonly record struct PutOutcome(ShardMap Map, RefusedRecords? Refused);
