using System.Globalization;

namespace Headrace.Cli.Values;

/// <summary>Durations as people write them: <c>50ms</c>, <c>1.5s</c>, <c>2m</c>, <c>0</c>.</summary>
internal static class DurationValue
{
    private static readonly (string Unit, double Milliseconds)[] Units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0")
            return true;
        foreach (var (unit, milliseconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal))
                continue;
            if (!double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount > 1e9)
                return false;
            duration = TimeSpan.FromMilliseconds(amount * milliseconds);
            return true;
        }
        return false;
    }
}
