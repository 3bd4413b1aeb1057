using System.Globalization;
using System.Numerics;

namespace Headrace.Cli.Streams;

/// <summary>Arithmetic on the 128-bit hash keys that bound shards.</summary>
internal static class HashKeys
{
    /// <summary>Where the upper half of a range begins; both bounds are decimal and inclusive.</summary>
    public static string Middle(string starting, string ending)
    {
        var first = BigInteger.Parse(starting, CultureInfo.InvariantCulture);
        var last = BigInteger.Parse(ending, CultureInfo.InvariantCulture);
        return (first + (last - first + 1) / 2).ToString(CultureInfo.InvariantCulture);
    }
}
