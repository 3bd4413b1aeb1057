namespace Headrace.Pipelines;

/// <summary>One thing that would become of a record; without destination and fault, that the steps make nothing of it.</summary>
/// <param name="Record">Which record, from 1; null for what a window makes of many at the end.</param>
/// <param name="Destination">Where an output would go.</param>
/// <param name="PartitionKey">Its key there.</param>
/// <param name="Json">The output as UTF-8 JSON.</param>
/// <param name="Fault">Why the record would be a dead letter.</param>
public sealed record DryRunOutcome(long? Record, string? Destination, string? PartitionKey, ReadOnlyMemory<byte> Json, RecordFault? Fault);
