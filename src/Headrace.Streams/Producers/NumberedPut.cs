namespace Headrace.Streams.Producers;

/// <summary>Who puts records, and what numbers they have: a stream takes each number of a producer once. Immutable.</summary>
/// <param name="Producer">The producer's name; it means the same producer over all its lives.</param>
/// <param name="First">The first record's number, 0 or more.</param>
public sealed record NumberedPut(string Producer, long First)
{
    /// <summary>Each record's number, none lower than the one before; null: each is one higher than the one before.</summary>
    public IReadOnlyList<long>? Numbers { get; init; }

    /// <summary>The put is refused unless the producer stands at this number or a higher one: so nothing is left out.</summary>
    public long? After { get; init; }

    /// <summary>What the producer wants to be told along with its number when it returns.</summary>
    public string? Position { get; init; }

    /// <summary>The number of a record by its place in the put.</summary>
    public long NumberOf(int record) => Numbers is { } numbers ? numbers[record] : First + record;
}
