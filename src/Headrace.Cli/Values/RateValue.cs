using System.Globalization;

namespace Headrace.Cli.Values;

/// <summary>Rates as people write them: <c>500/s</c>, or just <c>500</c>.</summary>
internal static class RateValue
{
    /// <summary>True when the text is a rate; <paramref name="perSecond"/> is then more than 0.</summary>
    public static bool TryParse(string text, out double perSecond)
    {
        var number = text.EndsWith("/s", StringComparison.Ordinal) ? text.AsSpan(0, text.Length - 2) : text;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out perSecond) && perSecond > 0 && double.IsFinite(perSecond);
    }
}
