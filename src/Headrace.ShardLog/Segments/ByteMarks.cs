namespace Headrace.ShardLog.Segments;

/// <summary>How far a segment was handed to the operating system, in bytes. Readers never get this one.</summary>
internal readonly record struct WrittenPosition(long Bytes);

/// <summary>How far a segment survives what its durability promises, in bytes. The only end that readers see.</summary>
internal readonly record struct DurablePosition(long Bytes);
