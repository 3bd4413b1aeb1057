using System.Globalization;

namespace Headrace.Delivery.Naming;

/// <summary>Writes one field of a time as java.time's DateTimeFormatter does in English.</summary>
internal static class JavaTimeField
{
    private const int TicksPerMillisecond = 10_000;
    private const int NanosecondsPerTick = 100;
    private const int ModifiedJulianDayOf1970 = 40_587;

    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;
    private static readonly string[] Ordinals = ["1st", "2nd", "3rd", "4th"];

    public static string Format(char letter, int count, DateTimeOffset time, string zoneId) => letter switch
    {
        'G' => Text(count, "AD", "Anno Domini", "A"),
        'y' or 'u' => Year(time.Year, count),
        'Y' => Year(WeekBasedYear(time), count),
        'D' => Number(time.DayOfYear, count),
        'M' or 'L' => count <= 2 ? Number(time.Month, count) : Named(count, English.GetAbbreviatedMonthName(time.Month), English.GetMonthName(time.Month)),
        'd' => Number(time.Day, count),
        'Q' or 'q' => Quarter((time.Month + 2) / 3, count),
        'w' => Number(WeekOfYear(time), count),
        'W' => Number((time.Day + FirstDayOfMonth(time) - 1) / 7 + 1, count),
        'E' => DayOfWeek(time, Math.Max(count, 3)),
        'e' or 'c' => count <= 2 ? Number((int)time.DayOfWeek + 1, count) : DayOfWeek(time, count),
        'F' => Number(((time.Day - 1) % 7) + 1, count),
        'a' => time.Hour < 12 ? "AM" : "PM",
        'h' => Number(((time.Hour + 11) % 12) + 1, count),
        'K' => Number(time.Hour % 12, count),
        'k' => Number(((time.Hour + 23) % 24) + 1, count),
        'H' => Number(time.Hour, count),
        'm' => Number(time.Minute, count),
        's' => Number(time.Second, count),
        'S' => (Nanoseconds(time)).ToString("D9", CultureInfo.InvariantCulture)[..count],
        'A' => Number(time.TimeOfDay.Ticks / TicksPerMillisecond, count),
        'n' => Number(Nanoseconds(time), count),
        'N' => Number(time.TimeOfDay.Ticks * NanosecondsPerTick, count),
        'g' => Number(new DateTimeOffset(time.DateTime, TimeSpan.Zero).ToUnixTimeSeconds() / 86_400 + ModifiedJulianDayOf1970, count),
        'V' => zoneId,
        'z' or 'v' => count == 4 ? "Coordinated Universal Time" : "UTC",
        'O' => LocalizedOffset(time.Offset, isShort: count == 1),
        'X' => time.Offset == TimeSpan.Zero ? "Z" : Offset(time.Offset, count),
        'x' => Offset(time.Offset, count),
        'Z' => count switch
        {
            <= 3 => Offset(time.Offset, 2),
            4 => LocalizedOffset(time.Offset, isShort: false),
            _ => time.Offset == TimeSpan.Zero ? "Z" : Offset(time.Offset, 3),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(letter), letter, "The pattern was checked."),
    };

    private static string Number(long value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    private static string Year(int year, int count) => count == 2 ? Number(year % 100, 2) : Number(year, count);

    private static string Text(int count, string text, string full, string narrow) => count switch
    {
        <= 3 => text,
        4 => full,
        _ => narrow,
    };

    private static string Named(int count, string text, string full) => Text(count, text, full, full[..1]);

    private static string DayOfWeek(DateTimeOffset time, int count) => Named(count, English.GetAbbreviatedDayName(time.DayOfWeek), English.GetDayName(time.DayOfWeek));

    private static string Quarter(int quarter, int count) => count <= 2 ? Number(quarter, count) : Text(count, $"Q{quarter}", $"{Ordinals[quarter - 1]} quarter", $"{quarter}");

    private static long Nanoseconds(DateTimeOffset time) => time.Ticks % TimeSpan.TicksPerSecond * NanosecondsPerTick;

    /// <summary>The day of the week of the month's first day, Sunday being 0.</summary>
    private static int FirstDayOfMonth(DateTimeOffset time) => (int)new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Unspecified).DayOfWeek;

    /// <summary>Weeks begin on Sunday, and January 1st is in the first one.</summary>
    private static int WeekOfYear(DateTimeOffset time) => WeekBasedYear(time) > time.Year
        ? 1
        : ((time.DayOfYear + (int)new DateTime(time.Year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).DayOfWeek - 1) / 7) + 1;

    private static int WeekBasedYear(DateTimeOffset time) => time.DateTime.Date.AddDays(6 - (int)time.DayOfWeek).Year;

    private static string Offset(TimeSpan offset, int count)
    {
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        var (hours, minutes, seconds) = (Math.Abs(offset.Hours), Math.Abs(offset.Minutes), Math.Abs(offset.Seconds));
        var tail = seconds == 0 ? "" : count == 4 ? $"{seconds:D2}" : count == 5 ? $":{seconds:D2}" : "";
        return count switch
        {
            1 => minutes == 0 ? $"{sign}{hours:D2}" : $"{sign}{hours:D2}{minutes:D2}",
            2 or 4 => $"{sign}{hours:D2}{minutes:D2}{tail}",
            _ => $"{sign}{hours:D2}:{minutes:D2}{tail}",
        };
    }

    private static string LocalizedOffset(TimeSpan offset, bool isShort)
    {
        if (offset == TimeSpan.Zero)
            return "GMT";
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        var (hours, minutes) = (Math.Abs(offset.Hours), Math.Abs(offset.Minutes));
        return isShort ? $"GMT{sign}{hours}{(minutes == 0 ? "" : $":{minutes:D2}")}" : $"GMT{sign}{hours:D2}:{minutes:D2}";
    }
}
