using System.Globalization;

namespace Headrace.Server.Signing;

/// <summary>Times as Signature Version 4 writes them: <c>20130524T000000Z</c>.</summary>
internal static class SigningTime
{
    private const string Basic = "yyyyMMdd'T'HHmmss'Z'";

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Basic, CultureInfo.InvariantCulture);

    /// <summary>Reads the basic form, or a Date header's.</summary>
    public static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, [Basic, "r"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
