using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Headrace.Delivery.Naming;

/// <summary>
/// A pattern of java.time's DateTimeFormatter, as <c>!{timestamp:…}</c> holds one. Texts are English, weeks those of the
/// United States. Immutable.
/// </summary>
internal sealed class JavaTimePattern
{
    private const int MaxNumberWidth = 19;
    private const int MaxFraction = 9;

    private readonly List<Part> _parts;

    private JavaTimePattern(List<Part> parts) => _parts = parts;

    /// <summary>True where the pattern needs names of time zones or of parts of the day, which only UTC has here.</summary>
    public bool NeedsNames => _parts.Exists(part => part.Letter is 'z' or 'v' or 'B');

    public static bool TryParse(string pattern, [NotNullWhen(true)] out JavaTimePattern? parsed)
    {
        var parts = new List<Part>();
        var depth = 0;
        var pad = 0;
        parsed = null;
        for (var i = 0; i < pattern.Length;)
        {
            var letter = pattern[i];
            var count = 1;
            if (char.IsAsciiLetter(letter))
            {
                while (i + count < pattern.Length && pattern[i + count] == letter)
                    count++;
                i += count;
                if (letter == 'p' && pad == 0)
                {
                    pad = count;
                    continue;
                }
                if (!IsValid(letter, count))
                    return false;
                parts.Add(new Part(letter, count, "", pad));
                pad = 0;
                continue;
            }
            if (pad > 0 || letter is '{' or '}' or '#')
                return false;
            if (letter == '\'')
            {
                if (!TryReadQuoted(pattern, ref i, out var quoted))
                    return false;
                parts.Add(new Part('\0', 0, quoted, 0));
                continue;
            }
            depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
            if (depth < 0)
                return false;
            if (letter is not ('[' or ']'))
                parts.Add(new Part('\0', 0, letter.ToString(), 0));
            i++;
        }
        if (pad > 0)
            return false;
        parsed = new JavaTimePattern(parts);
        return true;
    }

    /// <summary>Writes a time, whose offset is the zone's.</summary>
    public string Format(DateTimeOffset time, string zoneId)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.Letter == '\0')
                text.Append(part.Literal);
            else
                text.Append(JavaTimeField.Format(part.Letter, part.Count, time, zoneId).PadLeft(part.Pad));
        }
        return text.ToString();
    }

    private static bool TryReadQuoted(string pattern, ref int i, out string quoted)
    {
        var text = new StringBuilder();
        quoted = "";
        for (i++; i < pattern.Length; i++)
        {
            if (pattern[i] != '\'')
            {
                text.Append(pattern[i]);
            }
            else if (i + 1 < pattern.Length && pattern[i + 1] == '\'')
            {
                text.Append(pattern[++i]);
            }
            else
            {
                i++;
                quoted = text.Length == 0 ? "'" : text.ToString();
                return true;
            }
        }
        return false;
    }

    private static bool IsValid(char letter, int count) => letter switch
    {
        'y' or 'u' or 'Y' or 'A' or 'n' or 'N' or 'g' => count <= MaxNumberWidth,
        'G' or 'M' or 'L' or 'Q' or 'q' or 'E' or 'e' or 'X' or 'x' or 'Z' => count <= 5,
        'c' => count is 1 or (>= 3 and <= 5),
        'd' or 'h' or 'H' or 'k' or 'K' or 'm' or 's' or 'w' => count <= 2,
        'D' => count <= 3,
        'W' or 'F' or 'a' => count == 1,
        'S' => count <= MaxFraction,
        'B' => count is 1 or 4 or 5,
        'V' => count == 2,
        'O' or 'v' => count is 1 or 4,
        'z' => count <= 4,
        _ => false,
    };

    /// <summary>A field, or text where <paramref name="Letter"/> is zero.</summary>
    private readonly record struct Part(char Letter, int Count, string Literal, int Pad);
}
