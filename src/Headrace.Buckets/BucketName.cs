using System.Net;
using System.Net.Sockets;

namespace Headrace.Buckets;

/// <summary>The rules for names of general purpose buckets.</summary>
public static class BucketName
{
    private const int MinLength = 3;
    private const int MaxLength = 63;

    // A dot stands between labels, which begin and end with a letter or a digit.
    private static readonly string[] ForbiddenPairs = ["..", ".-", "-."];
    private static readonly string[] ReservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
    private static readonly string[] ReservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

    /// <summary>True when a bucket may bear the name: 3 to 63 lower-case letters, digits, dots and hyphens, not an IPv4 address.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length is < MinLength or > MaxLength || !IsLetterOrDigit(name[0]) || !IsLetterOrDigit(name[^1]))
            return false;
        if (!name.All(letter => IsLetterOrDigit(letter) || letter is '.' or '-') || ForbiddenPairs.Any(pair => name.Contains(pair, StringComparison.Ordinal)))
            return false;
        return !ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            && !ReservedSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal))
            && !LooksLikeAnAddress(name);
    }

    private static bool IsLetterOrDigit(char letter) => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9');

    private static bool LooksLikeAnAddress(string name) =>
        name.Count(letter => letter == '.') == 3 && IPAddress.TryParse(name, out var address) && address.AddressFamily == AddressFamily.InterNetwork;
}
