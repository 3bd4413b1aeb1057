using System.Globalization;

namespace Headrace.Pipelines;

/// <summary>Times as pipeline files write them: a number and ms, s, m, h or d.</summary>
internal static class PipelineDuration
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.').Count();
        if (!double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        var seconds = text[digits..] switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, "d" => 86_400, _ => 0 };
        if (seconds == 0 || number <= 0 || number * seconds > 3_650.0 * 86_400)
            return false;
        duration = TimeSpan.FromSeconds(number * seconds);
        return true;
    }
}
