using System.Text.RegularExpressions;

namespace Headrace.Delivery.Processing;

/// <summary>The keys that a metadata query gives, as far as they can be seen in its text.</summary>
internal static partial class QueryKeys
{
    /// <summary>The keys of <c>{a: …, "b": …, c}</c>; null where the query is no plain object construction.</summary>
    public static IReadOnlyList<string>? Of(string query)
    {
        var text = query.Trim();
        if (text.Length < 2 || text[0] != '{' || text[^1] != '}')
            return null;
        var keys = new List<string>();
        foreach (var entry in Entries(text[1..^1]) ?? [])
        {
            var match = Key().Match(entry);
            if (!match.Success)
                return null;
            keys.Add(match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["bare"].Value);
        }
        return keys.Count == 0 ? null : keys;
    }

    /// <summary>The text between the commas that no bracket and no string holds; null where brackets don't match.</summary>
    private static List<string>? Entries(string text)
    {
        var entries = new List<string>();
        var (depth, start, isString) = (0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isString)
            {
                if (c == '\\')
                    i++;
                isString = c != '"';
                continue;
            }
            isString = c == '"';
            depth += c is '{' or '[' or '(' ? 1 : c is '}' or ']' or ')' ? -1 : 0;
            if (depth < 0)
                return null;
            if (c != ',' || depth > 0)
                continue;
            entries.Add(text[start..i]);
            start = i + 1;
        }
        entries.Add(text[start..]);
        return entries;
    }

    [GeneratedRegex(@"\A\s*(""(?<quoted>[^""\\]+)""\s*:|(?<bare>[A-Za-z_][A-Za-z0-9_]*)\s*(:|\z))", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
