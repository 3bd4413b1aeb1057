using System.Text.RegularExpressions;

namespace Headrace.Server.Tests.Firehose.Members;

/// <summary>How long or great something may be, and what it must match.</summary>
/// <param name="Min">Least value, length or count; null: none.</param>
/// <param name="Max">Greatest value, length or count; null: none.</param>
/// <param name="Pattern">What the text must match; empty: anything.</param>
public sealed record Bounds(int? Min, int? Max, string Pattern)
{
    /// <summary>AWS's words for all of it.</summary>
    public string All => $"[{string.Join(", ", new[] { Longest, Shortest, Match }.Where(constraint => constraint.Length > 0))}]";

    private string Longest => Max is null ? "" : $"Member must have length less than or equal to {Max}";

    private string Shortest => Min is null ? "" : $"Member must have length greater than or equal to {Min}";

    private string Match => Pattern.Length == 0 ? "" : $"Member must satisfy regular expression pattern: {Pattern}";

    /// <summary>Texts that break it, some of them given.</summary>
    public IEnumerable<string> Odd(IEnumerable<string> given)
    {
        if (Max is { } max)
            yield return new string('a', max + 1);
        if (Min is > 0)
            yield return "";
        if (Pattern.Length > 0)
            yield return given.First(text => !IsMatch(text));
    }

    /// <summary>What a text breaks, in the order in which AWS tells it.</summary>
    public IEnumerable<string> BrokenBy(string text)
    {
        if (text.Length < Min)
            yield return Shortest;
        if (text.Length > Max)
            yield return Longest;
        if (Pattern.Length > 0 && !IsMatch(text))
            yield return Match;
    }

    // .NET doesn't know that an underscore may be escaped.
    private bool IsMatch(string text) => Regex.IsMatch(text, $@"\A(?:{Pattern.Replace(@"\_", "_", StringComparison.Ordinal)})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
}
