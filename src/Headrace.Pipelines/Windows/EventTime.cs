using System.Globalization;
using System.Text.Json;

namespace Headrace.Pipelines;

/// <summary>When something happened, as records tell it, in milliseconds since 1970: ISO 8601 text, or Unix seconds or milliseconds.</summary>
internal static class EventTime
{
    // In seconds this is the year 5138, in milliseconds 1973.
    private const double SmallestMilliseconds = 1e11;
    private const double Largest = 253_402_300_800_000;

    /// <summary>Null when the value is no time.</summary>
    public static long? Read(in ExpressionValue value)
    {
        if (value.Number is { } number)
        {
            var milliseconds = Math.Abs(number) < SmallestMilliseconds ? number * 1000 : number;
            return Math.Abs(milliseconds) < Largest ? (long)Math.Floor(milliseconds) : null;
        }
        return value.Kind == JsonTokenType.String
            && DateTimeOffset.TryParse(value.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time.ToUnixTimeMilliseconds()
                : null;
    }

    public static string Write(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.ToString(milliseconds % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
