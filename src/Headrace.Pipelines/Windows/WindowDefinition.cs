namespace Headrace.Pipelines;

/// <summary>A window step as it was declared.</summary>
/// <param name="Size">How long a window is.</param>
/// <param name="Every">How far the next one begins behind it; the same as the size when windows do not overlap.</param>
/// <param name="Time">The expression of a record's own time.</param>
/// <param name="Key">The expression by which records are grouped; null for one group.</param>
/// <param name="Aggregates">Names with what they tell, and of which expression; counting needs none.</param>
/// <param name="Lateness">How far behind the newest a record may come.</param>
/// <param name="CloseAtEnd">A run that ends at the source's tip closes its windows.</param>
internal sealed record WindowDefinition(
    TimeSpan Size, TimeSpan Every, string Time, string? Key, IReadOnlyList<(string Name, AggregateFunction Function, string? Value)> Aggregates,
    TimeSpan Lateness, bool CloseAtEnd);
