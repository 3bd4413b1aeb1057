using System.Globalization;

namespace Headrace.Client;

/// <summary>How far a shard was handled: <c>SEQUENCE</c>, or <c>SEQUENCE:SUBSEQUENCE</c> inside of an aggregate.</summary>
/// <param name="SequenceNumber">Of the last handled record.</param>
/// <param name="SubSequenceNumber">The last handled one of its aggregate, which has more; null: it was handled whole.</param>
internal readonly record struct ShardCheckpoint(string SequenceNumber, long? SubSequenceNumber)
{
    /// <summary>Where reading goes on: inside of an aggregate, with the aggregate itself.</summary>
    public StartingPosition Next => SubSequenceNumber is null ? StartingPosition.AfterSequenceNumber(SequenceNumber) : StartingPosition.AtSequenceNumber(SequenceNumber);

    /// <exception cref="FormatException">The text is no checkpoint.</exception>
    public static ShardCheckpoint Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new ShardCheckpoint(text, null)
            : new ShardCheckpoint(text[..colon], long.Parse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    public override string ToString() =>
        SubSequenceNumber is { } sub ? string.Create(CultureInfo.InvariantCulture, $"{SequenceNumber}:{sub}") : SequenceNumber;
}
