namespace Headrace.Client;

/// <summary>Where a producer that numbers its records stands on a stream.</summary>
/// <param name="IsOffered">Whether the service takes each number once; AWS does not, and the rest is null then.</param>
/// <param name="Number">The highest number committed; null when there is none.</param>
/// <param name="Position">What the producer said with it.</param>
public sealed record ProducerStanding(bool IsOffered, long? Number, string? Position);
