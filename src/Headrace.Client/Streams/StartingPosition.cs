using System.Globalization;

namespace Headrace.Client;

/// <summary>Where in a shard reading starts: Kinesis's five iterator types.</summary>
public sealed record StartingPosition
{
    private StartingPosition(string iteratorType, string? sequenceNumber = null, DateTimeOffset? timestamp = null) =>
        (IteratorType, SequenceNumber, Timestamp) = (iteratorType, sequenceNumber, timestamp);

    /// <summary>The oldest record kept.</summary>
    public static StartingPosition TrimHorizon { get; } = new("TRIM_HORIZON");

    /// <summary>After the newest record.</summary>
    public static StartingPosition Latest { get; } = new("LATEST");

    /// <summary>AWS's name of the type, such as <c>TRIM_HORIZON</c>.</summary>
    public string IteratorType { get; }

    /// <summary>Of the two types that go by a record.</summary>
    public string? SequenceNumber { get; }

    /// <summary>Of the type that goes by time.</summary>
    public DateTimeOffset? Timestamp { get; }

    /// <summary>The first record that arrived then or later.</summary>
    public static StartingPosition AtTimestamp(DateTimeOffset timestamp) => new("AT_TIMESTAMP", timestamp: timestamp);

    /// <summary>The record of this number.</summary>
    public static StartingPosition AtSequenceNumber(string sequenceNumber) => new("AT_SEQUENCE_NUMBER", sequenceNumber);

    /// <summary>What follows the record of this number.</summary>
    public static StartingPosition AfterSequenceNumber(string sequenceNumber) => new("AFTER_SEQUENCE_NUMBER", sequenceNumber);

    /// <summary>
    /// Reads <c>trim-horizon</c>, <c>latest</c>, <c>at-timestamp=T</c> (ISO 8601, or Unix seconds),
    /// <c>at-sequence-number=N</c> or <c>after-sequence-number=N</c>.
    /// </summary>
    /// <exception cref="FormatException">The text is none of these; the message names them.</exception>
    public static StartingPosition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = equals < 0 ? (text, "") : (text[..equals], text[(equals + 1)..]);
        return (name, value) switch
        {
            ("trim-horizon", "") when equals < 0 => TrimHorizon,
            ("latest", "") when equals < 0 => Latest,
            ("at-timestamp", not "") => AtTimestamp(ParseTimestamp(value)),
            ("at-sequence-number", not "") => AtSequenceNumber(ParseSequenceNumber(value)),
            ("after-sequence-number", not "") => AfterSequenceNumber(ParseSequenceNumber(value)),
            _ => throw new FormatException(
                $"'{text}' is no starting position: use trim-horizon, latest, at-timestamp=T, at-sequence-number=N or after-sequence-number=N"),
        };
    }

    private static DateTimeOffset ParseTimestamp(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800)
            return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timestamp)
            ? timestamp
            : throw new FormatException($"'{text}' is no time: use ISO 8601 such as 2026-01-31T12:00:00Z, or Unix seconds");
    }

    private static string ParseSequenceNumber(string text) =>
        text.All(char.IsAsciiDigit) ? text : throw new FormatException($"'{text}' is no sequence number: it has digits only");
}
