namespace Headrace.Delivery.Programs;

/// <summary>What became of a record. Immutable.</summary>
/// <param name="Records">What the program made of it; empty where it dropped it.</param>
/// <param name="Fault">Why it failed; null where it didn't.</param>
public sealed record ProgramAnswer(IReadOnlyList<ReadOnlyMemory<byte>> Records, string? Fault);
