using System.Globalization;

namespace Headrace.Client;

/// <summary>Who puts records, and what numbers they have: a Headrace stream takes each number of a producer once.</summary>
/// <param name="Producer">The producer's name, the same over all its lives.</param>
/// <param name="Numbers">Each record's number, none lower than the one before.</param>
public sealed record RecordNumbers(string Producer, IReadOnlyList<long> Numbers)
{
    /// <summary>Refuse the put unless the producer stands at this number or a higher one.</summary>
    public long? After { get; init; }

    /// <summary>A text that the producer is told with its number when it asks where it stood.</summary>
    public string? Position { get; init; }

    internal CallHeaders ToHeaders()
    {
        var headers = new CallHeaders();
        headers.Sent.Add(("x-headrace-producer", Producer));
        headers.Sent.Add(("x-headrace-numbers", Text()));
        if (After is { } after)
            headers.Sent.Add(("x-headrace-after", after.ToString(CultureInfo.InvariantCulture)));
        if (Position is not null)
            headers.Sent.Add(("x-headrace-position", Position));
        return headers;
    }

    /// <summary>The first number where the others follow it, and all of them otherwise.</summary>
    private string Text()
    {
        for (var i = 1; i < Numbers.Count; i++)
        {
            if (Numbers[i] != Numbers[0] + i)
                return string.Join(',', Numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        }
        return Numbers[0].ToString(CultureInfo.InvariantCulture);
    }
}
