using System.Globalization;

namespace Headrace.Server.S3.Objects;

/// <summary>Parts are numbered from 1 to 10,000.</summary>
internal static class PartNumbers
{
    public const int Max = 10_000;

    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static int Parse(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Max
        ? number
        : throw S3Exception.InvalidArgument("partNumber", text ?? "", "Part number must be an integer between 1 and 10000, inclusive");
}
