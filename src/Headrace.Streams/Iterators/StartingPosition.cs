namespace Headrace.Streams.Iterators;

/// <summary>The five ways to say where in a shard to begin.</summary>
public enum IteratorType
{
    AtSequenceNumber,
    AfterSequenceNumber,
    TrimHorizon,
    Latest,
    AtTimestamp,
}

/// <summary>Where in a shard to begin.</summary>
/// <param name="Type">How it is said.</param>
/// <param name="SequenceNumber">For the two types that name a sequence number.</param>
/// <param name="Timestamp">For <see cref="IteratorType.AtTimestamp"/>.</param>
public sealed record StartingPosition(IteratorType Type, string? SequenceNumber = null, DateTimeOffset? Timestamp = null);
