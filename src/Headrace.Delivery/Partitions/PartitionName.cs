using System.Globalization;
using System.Text;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Naming;

namespace Headrace.Delivery.Partitions;

/// <summary>
/// Which of a delivery stream's objects a record belongs to, as text that is kept with it: nothing for the only ones, a
/// prefix with the record's partition keys put in, or why it failed. Immutable.
/// </summary>
internal readonly record struct PartitionName(string Text)
{
    private const char Partition = 'P';
    private const char Failure = 'E';
    private const char Source = 'S';
    private const char Conversion = 'C';
    private const char ConversionEnd = ';';

    /// <summary>The objects of a destination that isn't partitioned.</summary>
    public static PartitionName Whole { get; } = new("");

    /// <summary>The objects of records as they came, which go to the backup destination.</summary>
    public static PartitionName SourceBackup { get; } = new(Source.ToString());

    public bool IsFailure => Text.Length > 0 && Text[0] == Failure;

    public bool IsBackup => Text.Length > 0 && Text[0] == Source;

    /// <summary>Why the records failed; null where they didn't.</summary>
    public string? ErrorOutputType => IsFailure ? Text[1..] : null;

    /// <summary>The plan by which the records become rows; null where they stay as they are.</summary>
    public long? PlanNumber => IsConverted ? long.Parse(Text.AsSpan(1, Text.IndexOf(ConversionEnd) - 1), CultureInfo.InvariantCulture) : null;

    private bool IsConverted => Text.Length > 0 && Text[0] == Conversion;

    /// <summary>The objects of the same records as rows, by the plan of a number.</summary>
    public PartitionName Converted(long planNumber) => new(string.Create(CultureInfo.InvariantCulture, $"{Conversion}{planNumber}{ConversionEnd}{Text}"));

    /// <summary>The objects of records that failed in one way, such as <c>processing-failed</c>.</summary>
    public static PartitionName Failed(string errorOutputType) => new(Failure + errorOutputType);

    /// <summary>The objects under a prefix with partition keys.</summary>
    public static PartitionName Of(PrefixTemplate prefix)
    {
        var text = new StringBuilder().Append(Partition);
        foreach (var part in prefix.Parts)
            text.Append(CultureInfo.InvariantCulture, $"{(int)part.Kind}{part.Value.Length}:{part.Value}");
        return new PartitionName(text.ToString());
    }

    /// <summary>Where the objects go: to the backup where they are one, or where it is the place of failed records.</summary>
    public S3Destination DestinationOf(S3Destination destination) => IsBackup || (IsFailure && (destination.Endpoint is not null || destination.Channel is not null)) ? destination.Backup ?? destination : destination;

    /// <summary>The prefix of the objects.</summary>
    public PrefixTemplate PrefixFor(S3Destination destination)
    {
        if (IsConverted)
            return new PartitionName(Text[(Text.IndexOf(ConversionEnd) + 1)..]).PrefixFor(destination);
        if (IsFailure)
            return PrefixTemplate.Parse(string.IsNullOrEmpty(destination.ErrorOutputPrefix) ? destination.Prefix ?? "" : destination.ErrorOutputPrefix, "ErrorOutputPrefix");
        if (Text.Length == 0 || IsBackup)
            return PrefixTemplate.Parse(destination.Prefix ?? "", "Prefix");
        var parts = new List<PrefixPart>();
        for (var i = 1; i < Text.Length;)
        {
            var colon = Text.IndexOf(':', i);
            var length = int.Parse(Text.AsSpan(i + 1, colon - i - 1), CultureInfo.InvariantCulture);
            parts.Add(new PrefixPart((PrefixPartKind)(Text[i] - '0'), Text.Substring(colon + 1, length)));
            i = colon + 1 + length;
        }
        return PrefixTemplate.Of(parts);
    }
}
