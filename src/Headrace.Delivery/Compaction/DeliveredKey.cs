using System.Text.RegularExpressions;

namespace Headrace.Delivery.Compaction;

/// <summary>A delivered object's key, taken apart. Immutable.</summary>
/// <param name="Prefix">Where the object lies: what the key begins with before the object's own name.</param>
/// <param name="Version">The version of the destination that the name tells; empty where it tells none.</param>
/// <param name="Stem">All that stands before what makes the key unique.</param>
/// <param name="Extension">All that stands after it.</param>
internal sealed partial record DeliveredKey(string Prefix, string Version, string Stem, string Extension)
{
    private const string Time = "yyyy-MM-dd-HH-mm-ss";

    /// <summary>Null where the key is none of the delivery stream's.</summary>
    public static DeliveredKey? Parse(string key, DeliveryStream stream)
    {
        if (UniqueExpression().Match(key) is not { Success: true } unique)
            return null;
        var stem = key[..unique.Index];
        var extension = key[(unique.Index + unique.Length)..];
        if (stream.Destination.Channel is not null)
            return new DeliveredKey(stem[..(stem.LastIndexOf('/') + 1)], "", stem, extension);
        // PREFIX NAME-VERSION-TIME-
        var end = stem.Length - Time.Length - 2;
        if (end < 0 || stem[^1] != '-' || stem[end] != '-')
            return null;
        var versionAt = stem.LastIndexOf('-', Math.Max(0, end - 1)) + 1;
        var name = $"{stream.ObjectsName}-";
        return stem.AsSpan(0, versionAt).EndsWith(name, StringComparison.Ordinal)
            ? new DeliveredKey(stem[..(versionAt - name.Length)], stem[versionAt..end], stem, extension)
            : null;
    }

    /// <summary>The key of another object beside it.</summary>
    public string Renamed(Guid unique) => $"{Stem}{unique}{Extension}";

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex UniqueExpression();
}
