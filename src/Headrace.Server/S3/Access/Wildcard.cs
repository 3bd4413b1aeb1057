namespace Headrace.Server.S3.Access;

/// <summary>Patterns in which <c>*</c> stands for any text and <c>?</c> for one character.</summary>
internal static class Wildcard
{
    public static bool Matches(string pattern, string text, StringComparison comparison = StringComparison.Ordinal)
    {
        var (at, from, star, mark) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (from < pattern.Length && pattern[from] == '*')
            {
                (star, mark) = (from++, at);
            }
            else if (from < pattern.Length && (pattern[from] == '?' || pattern.AsSpan(from, 1).Equals(text.AsSpan(at, 1), comparison)))
            {
                from++;
                at++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                (from, at) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }
        return pattern.AsSpan(from).TrimStart('*').IsEmpty;
    }
}
