using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Headrace.Server.S3.Objects;

/// <summary>Which bytes of an object a reader wants.</summary>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">How many.</param>
internal readonly record struct ByteRange(long Offset, long Length)
{
    /// <summary>The range that a Range header asks for; null, which means all, when it is malformed or asks for several.</summary>
    /// <exception cref="S3Exception">InvalidRange: it lies outside the object.</exception>
    public static ByteRange? Parse(string? header, long objectLength)
    {
        if (header is null || !RangeHeaderValue.TryParse(header, out var parsed) || parsed.Unit != "bytes" || parsed.Ranges.Count != 1)
            return null;
        var range = parsed.Ranges.Single();
        if (range.From is not { } from)
        {
            var wanted = Math.Min(range.To!.Value, objectLength);
            return wanted > 0 ? new ByteRange(objectLength - wanted, wanted) : throw Outside(header, objectLength);
        }
        if (from >= objectLength)
            throw Outside(header, objectLength);
        var to = Math.Min(range.To ?? long.MaxValue, objectLength - 1);
        return new ByteRange(from, to - from + 1);
    }

    public string ContentRange(long objectLength) =>
        string.Create(CultureInfo.InvariantCulture, $"bytes {Offset}-{Offset + Length - 1}/{objectLength}");

    public static S3Exception Outside(string header, long objectLength) => new(416, "InvalidRange", "The requested range is not satisfiable")
    {
        Details = [("RangeRequested", header), ("ActualObjectSize", objectLength.ToString(CultureInfo.InvariantCulture))],
    };
}
