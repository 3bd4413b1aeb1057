using System.Globalization;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Compaction;

/// <summary>Which objects may become one: those that lie at the same place and are made in the same way. Immutable.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What their keys begin with before the objects' own names.</param>
/// <param name="Version">The version of the destination that their names tell.</param>
/// <param name="Extension">What their names end with.</param>
/// <param name="Compression">How they are packed.</param>
/// <param name="PlanNumber">The plan by which they were converted; null where they weren't.</param>
internal sealed record ObjectGroup(string Bucket, string Prefix, string Version, string Extension, CompressionFormat Compression, long? PlanNumber)
{
    // None of the parts but the prefix, which is the last one, can have it.
    private const char Separator = '|';
    private const int Parts = 6;

    /// <summary>The group as the control database keeps it.</summary>
    public string Text { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{Bucket}{Separator}{Version}{Separator}{Extension}{Separator}{Compression}{Separator}{PlanNumber}{Separator}{Prefix}");

    public static ObjectGroup Read(string text)
    {
        var parts = text.Split(Separator, Parts);
        return new ObjectGroup(
            parts[0],
            parts[5],
            parts[1],
            parts[2],
            Enum.Parse<CompressionFormat>(parts[3]),
            parts[4].Length == 0 ? null : long.Parse(parts[4], CultureInfo.InvariantCulture));
    }
}
