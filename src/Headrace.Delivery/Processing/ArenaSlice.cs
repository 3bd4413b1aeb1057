namespace Headrace.Delivery.Processing;

/// <summary>Where a record's bytes are in a <see cref="RecordArena"/>.</summary>
internal readonly record struct ArenaSlice(int Offset, int Length);
