using System.Globalization;

namespace Headrace.Client;

/// <summary>
/// How far a shard was handled, as the Kinesis Client Library writes it: a sequence number with the place inside of its aggregate, or
/// one of four words. Ordered: <c>AT_TIMESTAMP</c>, <c>TRIM_HORIZON</c> and <c>LATEST</c> come before every number, <c>SHARD_END</c>
/// after all.
/// </summary>
/// <param name="SequenceNumber">Of the last handled record, or the word.</param>
/// <param name="SubSequenceNumber">The last handled record's place in its aggregate; 0 where it was put as it is.</param>
public readonly record struct LeaseCheckpoint(string SequenceNumber, long SubSequenceNumber = 0) : IComparable<LeaseCheckpoint>
{
    /// <summary>Nothing was handled; the shard's oldest record is next.</summary>
    public static LeaseCheckpoint TrimHorizon { get; } = new("TRIM_HORIZON");

    /// <summary>Nothing was handled; reading starts with what comes after it has begun.</summary>
    public static LeaseCheckpoint Latest { get; } = new("LATEST");

    /// <summary>Nothing was handled; reading starts at the time that the worker's options name.</summary>
    public static LeaseCheckpoint AtTimestamp { get; } = new("AT_TIMESTAMP");

    /// <summary>The shard was closed, and all of it was handled.</summary>
    public static LeaseCheckpoint ShardEnd { get; } = new("SHARD_END");

    /// <summary>Whether it is a record's, and not one of the words.</summary>
    public bool IsRecord => SequenceNumber is { Length: > 0 } && char.IsAsciiDigit(SequenceNumber[0]);

    /// <summary>The checkpoint that says that a record, and all before it in its shard, was handled.</summary>
    public static LeaseCheckpoint Of(ConsumedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new LeaseCheckpoint(record.SequenceNumber, record.SubSequenceNumber ?? 0);
    }

    /// <summary>Reads what <see cref="ToString"/> writes; a sequence number alone says that all of its record was handled, an aggregate too.</summary>
    /// <exception cref="FormatException">The text is no checkpoint.</exception>
    public static LeaseCheckpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var number = colon < 0 ? text : text[..colon];
        if (number is "TRIM_HORIZON" or "LATEST" or "AT_TIMESTAMP" or "SHARD_END")
            return new LeaseCheckpoint(number);
        if (number.Length == 0 || !number.All(char.IsAsciiDigit))
            throw new FormatException($"'{text}' is no checkpoint");
        return colon < 0
            ? new LeaseCheckpoint(number, long.MaxValue)
            : new LeaseCheckpoint(number, long.Parse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public int CompareTo(LeaseCheckpoint other)
    {
        var byRank = Rank.CompareTo(other.Rank);
        if (byRank != 0 || !IsRecord)
            return byRank;
        // Decimal numbers without leading zeros: the longer one is larger.
        var byLength = SequenceNumber.Length.CompareTo(other.SequenceNumber.Length);
        var byNumber = byLength != 0 ? byLength : string.CompareOrdinal(SequenceNumber, other.SequenceNumber);
        return byNumber != 0 ? byNumber : SubSequenceNumber.CompareTo(other.SubSequenceNumber);
    }

    /// <summary>Whether one comes before another.</summary>
    public static bool operator <(LeaseCheckpoint left, LeaseCheckpoint right) => left.CompareTo(right) < 0;

    /// <summary>Whether one comes after another.</summary>
    public static bool operator >(LeaseCheckpoint left, LeaseCheckpoint right) => left.CompareTo(right) > 0;

    /// <summary>Whether one comes before another or is the same.</summary>
    public static bool operator <=(LeaseCheckpoint left, LeaseCheckpoint right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one comes after another or is the same.</summary>
    public static bool operator >=(LeaseCheckpoint left, LeaseCheckpoint right) => left.CompareTo(right) >= 0;

    /// <summary><c>SEQUENCE:SUBSEQUENCE</c>, or the word.</summary>
    public override string ToString() =>
        IsRecord ? string.Create(CultureInfo.InvariantCulture, $"{SequenceNumber}:{SubSequenceNumber}") : SequenceNumber;

    private int Rank => SequenceNumber switch
    {
        "AT_TIMESTAMP" => 0,
        "TRIM_HORIZON" => 1,
        "LATEST" => 2,
        "SHARD_END" => 4,
        _ => 3,
    };
}
