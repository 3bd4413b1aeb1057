using System.Globalization;

namespace Headrace.Delivery.Conversion;

/// <summary>Reads times as the two deserializers do, as nanoseconds since 1970 (UTC). Immutable.</summary>
internal sealed class TimestampReading
{
    private const string Millis = "millis";
    private const int MaxSecondsDigits = 11;
    private const long NanosecondsPerTick = 100;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly bool _isOpenX;
    private readonly bool _takesMillis;
    private readonly string[] _patterns;

    /// <param name="isOpenX">Whether the forms are OpenX's own; otherwise java.sql.Timestamp's and the given ones.</param>
    /// <param name="formats">Joda-Time's patterns, or <c>millis</c>.</param>
    public TimestampReading(bool isOpenX, IReadOnlyList<string> formats)
    {
        _isOpenX = isOpenX;
        _takesMillis = formats.Contains(Millis);
        _patterns = [.. formats.Where(format => format != Millis).Select(format => ToDotNet(format) ?? throw new ArgumentException($"{format} is no pattern of times.", nameof(formats)))];
    }

    /// <summary>Whether a pattern is one that can be read.</summary>
    public static bool IsValid(string format) => format == Millis || ToDotNet(format) is not null;

    /// <summary>Reads a number, as it is written.</summary>
    public bool TryReadNumber(ReadOnlySpan<char> text, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        if (!_isOpenX && !_takesMillis)
            return false;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > long.MaxValue)
            return false;
        var isWhole = number == decimal.Truncate(number) && !text.Contains('.');
        var isSeconds = _isOpenX && (!isWhole || text.TrimStart('-').Length <= MaxSecondsDigits);
        nanoseconds = (Int128)(number * (isSeconds ? NanosecondsPerSecond : 1_000_000));
        return true;
    }

    public bool TryRead(ReadOnlySpan<char> text, out Int128 nanoseconds)
    {
        text = text.Trim();
        if (_patterns.Length > 0 && DateTime.TryParseExact(text, _patterns, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            nanoseconds = (Int128)(time - DateTime.UnixEpoch).Ticks * NanosecondsPerTick;
            return true;
        }
        return TryReadCivil(text, out nanoseconds) || (text.Length > 0 && TryReadNumber(text, out nanoseconds));
    }

    /// <summary><c>2017-2-7 15:13:1.39256</c>, and for OpenX <c>2017-02-07T15:13:01.39256Z</c> or with an offset.</summary>
    private bool TryReadCivil(ReadOnlySpan<char> text, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        var offset = TimeSpan.Zero;
        var middle = text.IndexOf(' ');
        if (middle < 0)
        {
            middle = text.IndexOf('T');
            if (!_isOpenX || middle < 0 || !TryTakeOffset(ref text, middle, out offset))
                return false;
        }
        Span<Range> date = stackalloc Range[4];
        Span<Range> clock = stackalloc Range[4];
        var days = text[..middle];
        var hours = text[(middle + 1)..];
        if (days.Split(date, '-') != 3 || hours.Split(clock, ':') != 3)
            return false;
        var seconds = hours[clock[2]];
        var point = seconds.IndexOf('.');
        if (!TryFraction(point < 0 ? default : seconds[(point + 1)..], point >= 0, out var fraction))
            return false;
        if (!Number(days[date[0]], 4, out var year) || !Number(days[date[1]], 2, out var month) || !Number(days[date[2]], 2, out var day)
            || !Number(hours[clock[0]], 2, out var hour) || !Number(hours[clock[1]], 2, out var minute) || !Number(point < 0 ? seconds : seconds[..point], 2, out var second))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks - offset.Ticks;
        nanoseconds = ((Int128)ticks * NanosecondsPerTick) + fraction;
        return true;
    }

    /// <summary>Takes <c>Z</c> or an offset such as <c>+02:00</c> off a time's end.</summary>
    private static bool TryTakeOffset(ref ReadOnlySpan<char> text, int middle, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text[^1] is 'Z' or 'z')
        {
            text = text[..^1];
            return true;
        }
        var sign = text[middle..].IndexOfAny('+', '-');
        if (sign < 0)
            return true;
        var zone = text[(middle + sign)..];
        text = text[..(middle + sign)];
        var digits = zone[1..];
        if (digits.Length is not (5 or 4) || !Number(digits[..2], 2, out var hours) || !Number(digits[^2..], 2, out var minutes) || (digits.Length == 5 && digits[2] != ':'))
            return false;
        offset = new TimeSpan(hours, minutes, 0) * (zone[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<char> digits, bool isGiven, out int nanoseconds)
    {
        nanoseconds = 0;
        if (!isGiven)
            return true;
        if (digits.Length is 0 or > 9 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out nanoseconds))
            return false;
        for (var i = digits.Length; i < 9; i++)
            nanoseconds *= 10;
        return true;
    }

    private static bool Number(ReadOnlySpan<char> text, int maxDigits, out int number)
    {
        number = 0;
        return text.Length >= 1 && text.Length <= maxDigits && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Joda-Time's letters in .NET's; null where a pattern has one that .NET has none for.</summary>
    private static string? ToDotNet(string pattern)
    {
        var result = new System.Text.StringBuilder();
        for (var i = 0; i < pattern.Length;)
        {
            var letter = pattern[i];
            if (letter == '\'')
            {
                var end = pattern.IndexOf('\'', i + 1);
                if (end < 0)
                    return null;
                result.Append('\'').Append(end == i + 1 ? "\\'" : pattern[(i + 1)..end]).Append('\'');
                i = end + 1;
                continue;
            }
            var count = 1;
            while (i + count < pattern.Length && pattern[i + count] == letter)
                count++;
            i += count;
            if (!char.IsAsciiLetter(letter))
            {
                for (var repeat = 0; repeat < count; repeat++)
                    result.Append('\\').Append(letter);
                continue;
            }
            if (WordOf(letter, count) is not { } word)
                return null;
            result.Append(word);
        }
        return result.Length == 0 ? null : result.ToString() is { Length: 1 } single ? "%" + single : result.ToString();
    }

    private static string? WordOf(char letter, int count) => letter switch
    {
        'y' or 'Y' or 'u' => count == 2 ? "yy" : "yyyy",
        'M' => new string('M', Math.Min(count, 4)),
        'd' => count == 1 ? "d" : "dd",
        'H' or 'h' or 'm' or 's' => new string(letter, Math.Min(count, 2)),
        'S' => count <= 7 ? new string('f', count) : null,
        'a' => "tt",
        'E' => count >= 4 ? "dddd" : "ddd",
        'Z' => "zzz",
        _ => null,
    };
}
