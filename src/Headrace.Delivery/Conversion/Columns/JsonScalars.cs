using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using ParquetSharp;
using Encoding = System.Text.Encoding;

namespace Headrace.Delivery.Conversion.Columns;

/// <summary>Reads one column's values out of JSON, as its deserializer understands them.</summary>
internal sealed class JsonScalars(string name, JsonReading reading)
{
    private const int MaxNumberLength = 128;
    private const int JulianDayOfEpoch = 2_440_588;
    private const long NanosecondsPerDay = 86_400_000_000_000;

    private readonly char[] _text = new char[MaxNumberLength];

    public RecordMismatchException Mismatch(string why) => RecordMismatchException.Malformed(name, why);

    public bool Boolean(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            return reader.GetBoolean();
        if (TakesTexts(reader) && bool.TryParse(TextOf(ref reader), out var value))
            return value;
        throw Mismatch("true or false is expected.");
    }

    public long Whole(ref Utf8JsonReader reader, long least, long most)
    {
        if (IsNumber(reader) && long.TryParse(TextOf(ref reader), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        throw Mismatch(string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most} is expected."));
    }

    public double Floating(ref Utf8JsonReader reader)
    {
        if (IsNumber(reader) && double.TryParse(TextOf(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return value;
        throw Mismatch("a number is expected.");
    }

    /// <summary>A decimal times ten to the power of its scale, rounded half up as Hive does.</summary>
    public BigInteger Unscaled(ref Utf8JsonReader reader, int scale)
    {
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String or JsonTokenType.PropertyName) || !TryUnscale(TextOf(ref reader), scale, out var unscaled))
            throw Mismatch("a decimal number is expected.");
        return unscaled;
    }

    /// <summary>Days since 1970.</summary>
    public int Date(ref Utf8JsonReader reader)
    {
        if (IsText(reader) && DateOnly.TryParseExact(TextOf(ref reader), "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        throw Mismatch("a date such as 2026-01-31 is expected.");
    }

    /// <summary>Nanoseconds of the day and the Julian day.</summary>
    public Int96 Timestamp(ref Utf8JsonReader reader)
    {
        Int128 nanoseconds = 0;
        var isKnown = reader.TokenType == JsonTokenType.Number
            ? reading.Timestamps.TryReadNumber(TextOf(ref reader), out nanoseconds)
            : IsText(reader) && reading.Timestamps.TryRead(TextOf(ref reader), out nanoseconds);
        if (!isKnown)
            throw Mismatch("the timestamp has none of the forms that are configured.");
        var (days, rest) = Int128.DivRem(nanoseconds, NanosecondsPerDay);
        if (rest < 0)
            (days, rest) = (days - 1, rest + NanosecondsPerDay);
        return new Int96((int)(long)(rest & uint.MaxValue), (int)(long)(rest >> 32), (int)(days + JulianDayOfEpoch));
    }

    /// <summary>Appends a text in UTF-8, of at most so many characters where that is not 0.</summary>
    public void Text(ref Utf8JsonReader reader, ArrayBufferWriter<byte> to, int maxCharacters)
    {
        var start = to.WrittenCount;
        switch (reader.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.PropertyName:
                var length = reader.CopyString(to.GetSpan(Math.Max(1, reader.ValueSpan.Length)));
                to.Advance(length);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray when reading.IsOpenX:
                var from = (int)reader.TokenStartIndex;
                reader.Skip();
                to.Write(reading.Json.Span[from..(int)reader.BytesConsumed]);
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                to.Write(reader.ValueSpan);
                break;
            default:
                throw Mismatch("a text is expected.");
        }
        if (maxCharacters > 0 && to.WrittenCount - start > maxCharacters)
            Shorten(to, start, maxCharacters);
    }

    private static void Shorten(ArrayBufferWriter<byte> to, int start, int maxCharacters)
    {
        var text = Encoding.UTF8.GetString(to.WrittenSpan[start..]);
        var kept = new StringInfo(text).LengthInTextElements <= maxCharacters ? text : string.Concat(text.EnumerateRunes().Take(maxCharacters));
        var before = to.WrittenSpan[..start].ToArray();
        to.ResetWrittenCount();
        to.Write(before);
        to.Write(Encoding.UTF8.GetBytes(kept));
    }

    private bool IsNumber(in Utf8JsonReader reader) => reader.TokenType is JsonTokenType.Number or JsonTokenType.PropertyName || TakesTexts(reader);

    private bool TakesTexts(in Utf8JsonReader reader) => IsText(reader) && (reading.IsOpenX || reader.TokenType == JsonTokenType.PropertyName);

    private static bool IsText(in Utf8JsonReader reader) => reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;

    /// <summary>A scalar's text; nothing where it is longer than any number or time is.</summary>
    private ReadOnlySpan<char> TextOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > _text.Length)
            return default;
        var length = IsText(reader) ? reader.CopyString(_text) : Encoding.UTF8.GetChars(reader.ValueSpan, _text);
        return _text.AsSpan(0, length);
    }

    private static bool TryUnscale(ReadOnlySpan<char> text, int scale, out BigInteger unscaled)
    {
        unscaled = default;
        var exponent = 0;
        var mark = text.IndexOfAny('e', 'E');
        if (mark >= 0 && (!int.TryParse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > MaxNumberLength))
            return false;
        var digits = mark < 0 ? text : text[..mark];
        var point = digits.IndexOf('.');
        var behind = point < 0 ? 0 : digits.Length - point - 1;
        var joined = point < 0 ? digits : string.Concat(digits[..point], digits[(point + 1)..]);
        if (!BigInteger.TryParse(joined, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return false;
        var shift = scale - behind + exponent;
        unscaled = shift >= 0 ? whole * BigInteger.Pow(10, shift) : Rounded(whole, BigInteger.Pow(10, -shift));
        return true;
    }

    private static BigInteger Rounded(BigInteger number, BigInteger by)
    {
        var (quotient, rest) = BigInteger.DivRem(number, by);
        return BigInteger.Abs(rest) * 2 >= by ? quotient + number.Sign : quotient;
    }
}
