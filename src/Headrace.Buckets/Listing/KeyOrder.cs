using System.Text;

namespace Headrace.Buckets.Listing;

/// <summary>Keys sort by their UTF-8 bytes, which is the order of their code points; UTF-16's own order differs.</summary>
internal static class KeyOrder
{
    /// <summary>The first string after all that begin with <paramref name="prefix"/>; null when there is none.</summary>
    public static string? After(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        for (var last = runes.Count - 1; last >= 0; last--)
        {
            if (Next(runes[last]) is { } next)
                return string.Concat(runes.Take(last).Append(next));
        }
        return null;
    }

    public static int Compare(string left, string right)
    {
        var common = 0;
        while (common < left.Length && common < right.Length && left[common] == right[common])
            common++;
        if (common == left.Length || common == right.Length)
            return left.Length.CompareTo(right.Length);
        return Rank(left[common]).CompareTo(Rank(right[common]));
    }

    private static Rune? Next(Rune rune) => rune.Value switch
    {
        0x10FFFF => null,
        0xD7FF => new Rune(0xE000),
        var value => new Rune(value + 1),
    };

    /// <summary>Surrogates stand for code points above all others.</summary>
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
