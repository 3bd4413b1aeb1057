using Headrace.Streams.Invocations;

namespace Headrace.Streams.Producers;

/// <summary>Where a producer stands on a stream: what it has committed. Immutable.</summary>
/// <param name="Number">The highest number committed.</param>
/// <param name="Position">What the producer said with it.</param>
/// <param name="ArrivalUnixMs">When, in milliseconds since 1970 (UTC).</param>
public sealed record ProducerStanding(long Number, string? Position, long ArrivalUnixMs)
{
    /// <summary>The first number of the put that committed the highest one.</summary>
    internal long First { get; init; }

    /// <summary>Where that put's records are.</summary>
    internal ShardRun[] Runs { get; init; } = [];
}
